import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { numberWithin } from '../src/cli/values.js';
import { writeCorpus } from './corpus-file.js';
import { describeMachine } from './machine.js';
import { table } from './table.js';

interface Flags {
  sizes: number[];
  minutes: number;
  json?: true;
}

const MB = 1e6;

const flags = new Command('bench:memory')
  .description('Trains on generated texts of several sizes: peak memory and the time before the first step.')
  .option('--sizes <list>', 'sizes of the texts in MB, such as 10,100', sizes, [10, 100])
  .option('--minutes <m>', 'time to train on each', numberWithin(0.001, 1_000), 0.5)
  .option('--json', 'print the results as one JSON object')
  .parse()
  .opts<Flags>();

const probeSchema = z.object({ peakBytes: z.number() });
const trainSchema = z.object({ seconds: z.number(), charactersPerSecond: z.number(), engine: z.string() });

const folder = mkdtempSync(join(tmpdir(), 'charlatan-memory-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const machine = describeMachine(new Date());
const results = flags.sizes.map(measure);
if (flags.json) {
  process.stdout.write(`${JSON.stringify({ machine, results })}\n`);
} else {
  const head = ['text, MB', 'peak, MB', 'seconds before the first step', 'characters/s'];
  const rows = results.map(({ megabytes, peakMegabytes, secondsBefore, charactersPerSecond }) => [
    String(megabytes),
    peakMegabytes.toFixed(0),
    secondsBefore.toFixed(1),
    charactersPerSecond.toFixed(0),
  ]);
  process.stdout.write(`${machine}, ${results[0].engine}\n\n${table(head, rows)}\n`);
}

/** Trains in a process of its own, as a person would from a shell. */
function measure(megabytes: number) {
  const text = join(folder, `${megabytes}.txt`);
  writeCorpus(text, megabytes * MB, 1);
  process.stderr.write(`training on ${megabytes} MB\n`);
  const start = performance.now();
  const { status, output } = spawnSync(
    process.execPath,
    [
      ...['--import', pathToFileURL(join(import.meta.dirname, 'memory-probe.js')).href],
      join(import.meta.dirname, '../src/cli.js'),
      ...[
        'train',
        '--text',
        text,
        '--out',
        join(folder, 'model'),
        '--minutes',
        String(flags.minutes),
        '--json',
      ],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const wallSeconds = (performance.now() - start) / 1000;
  const [, trained, errors, probed] = output;
  if (status !== 0) throw new Error(`training on ${megabytes} MB failed: ${errors}`);
  rmSync(text);
  const { seconds, charactersPerSecond, engine } = trainSchema.parse(JSON.parse(trained ?? ''));
  return {
    megabytes,
    engine,
    peakMegabytes: probeSchema.parse(JSON.parse(probed ?? '')).peakBytes / MB,
    // The training's own clock starts at its first step.
    secondsBefore: wallSeconds - seconds,
    charactersPerSecond,
  };
}

function sizes(text: string): number[] {
  const values = text.split(',').map(Number);
  if (values.every((value) => value >= 0.001 && value <= 2_000)) return values;
  throw new InvalidArgumentError('It must be a list of sizes in MB from 0.001 to 2000, such as 10,100.');
}
