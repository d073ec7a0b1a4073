import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** For each room, which others it may import from. `types` are errors and texts: no behaviour of the product. */
const rules: Record<string, string[]> = {
  'src/rnn': [],
  'src/corpus': [],
  'src/threads': ['types'],
  'src/classifier': ['types', 'src/rnn', 'src/corpus'],
  'src/store': ['types', 'migrations'],
  'src/ingest': ['types', 'src/corpus', 'src/store'],
  'src/training': [
    'types',
    'src/rnn',
    'src/corpus',
    'src/classifier',
    'src/starter',
    'src/store',
    'src/threads',
  ],
  'src/services': [
    'types',
    'src/training',
    'src/ingest',
    'src/store',
    'src/corpus',
    'src/classifier',
    'src/starter',
    'src/rnn',
    'src/pictures',
  ],
  'src/discord': ['types', 'src/services'],
  'src/pictures': ['types', 'src/threads'],
  'src/starter': ['types', 'src/corpus'],
  'src/playground': [],
  commands: ['types', 'src/discord', 'src/services', 'src/corpus'],
  migrations: [],
  types: ['types', 'src/services', 'src/training', 'src/ingest', 'src/store'],
};
const leaves = ['src/errors.ts', 'src/unreachable.ts', 'src/classifier/tasks.ts', 'src/training/report.ts'];
/** The rooms a person enters through; they may know everyone. */
const entrances = [
  'src/app.ts',
  'src/compose.ts',
  'src/main.ts',
  'src/cli.ts',
  'src/config.ts',
  'src/log.ts',
];

describe('who may import whom', () => {
  const files = ['src', 'commands', 'migrations'].flatMap((folder) => typescriptFiles(join(root, folder)));

  it.each(files.map((file) => relative(root, file)))('%s', (file) => {
    if (entrances.includes(file) || file.startsWith('src/cli/')) return;
    const from = roomOf(file);
    const foreign = importsOf(file).filter((target) => {
      const to = roomOf(target);
      return to !== from && !(rules[from] ?? []).includes(to);
    });
    expect(foreign).toEqual([]);
  });
});

function roomOf(file: string): string {
  if (leaves.includes(file) || file.startsWith('src/i18n/')) return 'types';
  const room = Object.keys(rules).find((name) => file.startsWith(`${name}/`));
  if (room === undefined) throw new Error(`${file} belongs to no room`);
  return room;
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file), fileName).replace(/\.js$/, '.ts'));
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}
