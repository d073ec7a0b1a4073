import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCliBuilt, runCli as run } from '../helpers/cli.js';

const verse =
  'So long as men can breathe or eyes can see,\nSo long lives this, and this gives life to thee.\n';

describe.skipIf(!isCliBuilt)('the command line', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  const model = () => at('verse.model');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'charlatan-cli-'));
    await writeFile(at('verse.txt'), verse.repeat(20));
    await writeFile(at('empty.txt'), '');
    await writeFile(at('noise.model'), 'this is no model');
    await mkdir(at('folder'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('trains, samples and evaluates', async () => {
    const flags = ['--minutes', '0.03', '--cell', 'gru', '--hidden', '16', '--layers', '2', '--seed', '5'];
    const trained = await run(
      ['train', '--text', at('verse.txt'), '--out', model(), ...flags, '--threads', '2', '--json'],
      undefined,
      { ENGINE: 'js' },
    );
    expect(trained.code, trained.err).toBe(0);
    const report = JSON.parse(trained.out) as Record<string, number> & { engine: string };
    // V symbols, which the verse decides; the GRU has three gates and a bias more.
    const [V, H] = [report.vocabulary, 16];
    const layer = (inputs: number) => inputs * 3 * H + H * 3 * H + 3 * H + H;
    expect(report.parameters).toBe(layer(V) + layer(H) + H * V + V);
    expect(report.steps).toBeGreaterThan(0);
    expect(report.bitsPerCharacter).toBeLessThan(5);
    for (const key of ['characters', 'seconds', 'charactersPerSecond'])
      expect(report[key]).toBeGreaterThan(0);
    expect(trained.err).toContain('engine js, because ENGINE=js asks for it; 1 thread, ');

    const heldOut = verse.repeat(20).slice(Math.floor(verse.length * 20 * 0.9));
    await writeFile(at('held-out.txt'), heldOut);
    const evaluated = await run(['evaluate', '--model', model(), '--text', at('held-out.txt'), '--json']);
    const score = JSON.parse(evaluated.out) as { bitsPerCharacter: number; characters: number };
    expect(score.characters).toBe(heldOut.length);
    expect(score.bitsPerCharacter).toBeCloseTo(report.bitsPerCharacter, 2);

    const ask = ['sample', '--model', model(), '--prompt', 'So 한 ', '--length', '50', '--seed', '3'];
    const [first, second] = [await run(ask), await run(ask)];
    expect(first.code, first.err).toBe(0);
    expect(first.out).toBe(second.out);
    expect([...first.out]).toHaveLength(50 + 1);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('keeps the best model when interrupted', async () => {
    const out = at('interrupted.model');
    const result = await run(
      ['train', '--text', at('verse.txt'), '--out', out, '--minutes', '9', '--hidden', '512'],
      /left/,
    );
    expect(result.code).toBe(130);
    expect(result.err).toContain(`the best model so far is in ${out}`);
    expect((await run(['evaluate', '--model', out, '--text', at('verse.txt')])).code).toBe(0);
  });

  test.each([
    [['--help'], 'train'],
    [['train', '--help'], '--minutes'],
    [['sample', '--help'], '--temperature'],
    [['evaluate', '--help'], '--json'],
    [['train', '--help'], 'jsonl'],
    [['evaluate', '--help'], 'jsonl'],
  ])('%j explains', async (args, word) => {
    const { code, out } = await run(args);
    expect(code).toBe(0);
    expect(out).toContain(word);
  });

  test.each([
    ['a flag that does not exist', ['evaluate', '--model', 'a', '--text', 'b', '--jsn'], '--json'],
    ['a flag left out', ['train', '--out', 'm'], '--text'],
    ['a command that does not exist', ['trian'], 'trian'],
    ['a value that is no number', ['train', '--text', 'a', '--out', 'b', '--hidden', 'many'], 'whole number'],
    [
      'a value out of range',
      ['sample', '--model', 'a', '--prompt', 'b', '--temperature', '0'],
      'from 0.1 to 2',
    ],
    ['a cell that does not exist', ['train', '--text', 'a', '--out', 'b', '--cell', 'cnn'], 'lstm, gru, rnn'],
    ['an argument too many', ['evaluate', 'x', '--model', 'a', '--text', 'b'], 'argument'],
    ['a missing text', ['train', '--text', 'FOLDER/none.txt', '--out', 'FOLDER/m'], 'no such file'],
    ['a folder for a text', ['evaluate', '--model', 'MODEL', '--text', 'FOLDER/folder'], 'folder'],
    ['an empty text', ['train', '--text', 'FOLDER/empty.txt', '--out', 'FOLDER/m'], 'is empty'],
    [
      'an empty text to score on',
      ['train', '--text', 'FOLDER/verse.txt', '--valid', 'FOLDER/empty.txt', '--out', 'FOLDER/m'],
      '--valid needs',
    ],
    [
      'a missing text to score on',
      ['train', '--text', 'FOLDER/verse.txt', '--valid', 'FOLDER/none', '--out', 'FOLDER/m'],
      '--valid',
    ],
    ['a pipe to learn', ['train', '--text', '/dev/stdin', '--out', 'FOLDER/m'], 'only once'],
    ['a missing model', ['sample', '--model', 'FOLDER/none', '--prompt', 'x'], '--model'],
    [
      'a file that is no model',
      ['sample', '--model', 'FOLDER/noise.model', '--prompt', 'x'],
      'not a model file',
    ],
    ['no folder for the output', ['train', '--text', 'FOLDER/verse.txt', '--out', 'FOLDER/a/b'], '--out'],
    ['a folder for the output', ['train', '--text', 'FOLDER/verse.txt', '--out', 'FOLDER/folder'], '--out'],
  ])('%s gives one clear line and exit code 2', async (_, args, words) => {
    const { code, out, err } = await run(
      args.map((arg) => arg.replace('FOLDER', folder).replace('MODEL', model())),
    );
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('ENGINE forces an engine, of which all predict the same', async () => {
    const score = async (ENGINE: string) => {
      const { code, out, err } = await run(
        ['evaluate', '--model', model(), '--text', at('verse.txt'), '--json'],
        undefined,
        { ENGINE },
      );
      expect(code, err).toBe(0);
      return { err, bits: (JSON.parse(out) as { bitsPerCharacter: number }).bitsPerCharacter };
    };
    const [wasm, js, best] = [await score('wasm'), await score('js'), await score('')];
    expect(wasm.err).toMatch(/^engine wasm (relaxed|plain), because ENGINE=wasm asks for it\n$/);
    expect(wasm.bits).toBeCloseTo(js.bits, 5);
    expect(best.bits).toBeCloseTo(js.bits, 5);

    const none = await run(['evaluate', '--model', model(), '--text', at('verse.txt')], undefined, {
      ENGINE: 'steam',
    });
    expect(none).toEqual({
      code: 2,
      out: '',
      err: 'error: ENGINE must be native, wasm or js, not steam: correct it or leave it empty\n',
    });
  });

  test('a damaged model is refused', async () => {
    const bytes = await readFile(model());
    await writeFile(at('cut.model'), bytes.subarray(0, bytes.length - 100));
    const { code, err } = await run(['evaluate', '--model', at('cut.model'), '--text', at('verse.txt')]);
    expect(code).toBe(2);
    expect(err).toContain('cut short');
  });

  // Root reads and writes everything.
  test.skipIf(process.getuid?.() === 0)('an unreadable text is refused', async () => {
    await writeFile(at('secret.txt'), 'x');
    await chmod(at('secret.txt'), 0);
    const { code, err } = await run(['train', '--text', at('secret.txt'), '--out', at('m')]);
    expect(code).toBe(2);
    expect(err).toContain('permission denied');
  });
});
