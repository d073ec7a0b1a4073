import { Command, Option } from 'commander';
import { numberWithin } from '../src/cli/values.js';
import { kernels, loadBuilds, threadCounts } from './engines.js';
import { describeMachine } from './machine.js';
import {
  findPython,
  INSTALL_PYTORCH,
  measurePeak,
  measurePyTorch,
  type Isa,
  type PyTorch,
} from './pytorch.js';
import { decimals, percent, table } from './table.js';
import { trainingSpeed } from './training-step.js';
import { flopsPerSymbol } from '../src/rnn/speed.js';
import { describeWorkload, workloads, type Workload } from './workloads.js';

interface Flags {
  only?: string;
  seconds: number;
  python?: string;
  pytorch: boolean;
  json?: true;
}

/** One line of the table. */
interface Row {
  workload: string;
  engine: string;
  threads: number;
  charactersPerSecond: number;
  gigaflops: number;
  /** Of the SGEMM peak of this run with as many threads. */
  shareOfPeak: number | undefined;
  /** To PyTorch's best variant with as many threads. */
  ratioToPyTorch: number | undefined;
}

const flags = new Command('bench')
  .description(
    'Measures the training step (forward, backward, clip, Adam) of every engine, and of PyTorch beside them.',
  )
  .addOption(new Option('--only <workload>', 'one workload').choices(workloads.map(({ name }) => name)))
  .option('--seconds <s>', 'time for each figure', numberWithin(0.1, 600), 3)
  .option('--python <path>', 'a Python with PyTorch (default: python3 or /usr/bin/python3)')
  .option('--no-pytorch', 'leave out PyTorch and the peak')
  .option('--json', 'print the results as one JSON object')
  .parse()
  .opts<Flags>();

const say = (line: string) => process.stderr.write(`${line}\n`);
const chosen = workloads.filter(({ name }) => flags.only === undefined || name === flags.only);
const builds = loadBuilds(say);
const machineIsa = isaOf(builds.at(0)?.engine ?? '');
const machine = describeMachine(new Date());
if (!flags.json) process.stdout.write(`${[machine, ...chosen.map(describeWorkload)].join('\n')}\n\n`);

const python = flags.pytorch ? findPython(flags.python) : undefined;
const pytorch = new Map<number, PyTorch>();
const peaks = new Map<number, number | undefined>();
const avx2Peaks = new Map<number, number | undefined>();
if (python !== undefined) {
  for (const threads of threadCounts) {
    say(`measuring PyTorch and the SGEMM peak on ${plural(threads, 'thread')}`);
    peaks.set(threads, measurePeak(python, machineIsa, threads, flags.seconds));
    pytorch.set(threads, measurePyTorch(python, machineIsa, threads, chosen, flags.seconds));
    if (machineIsa === 'avx512') avx2Peaks.set(threads, measurePeak(python, 'avx2', threads, flags.seconds));
  }
}
const rows = chosen.flatMap((workload) => [...pytorchRows(workload), ...engineRows(workload)]);
process.stdout.write(flags.json ? `${JSON.stringify(report())}\n` : `${print()}\n`);

function engineRows(workload: Workload): Row[] {
  return kernels(builds).map((kernel) => {
    say(`measuring ${workload.name}, ${kernel.engine}, ${plural(kernel.threads, 'thread')}`);
    const speed = trainingSpeed(kernel, workload, flags.seconds);
    return rowOf(workload, kernel.engine, kernel.threads, speed);
  });
}

function pytorchRows(workload: Workload): Row[] {
  return threadCounts.flatMap((threads) => {
    const { version, best } = pytorch.get(threads) ?? {};
    const result = best?.get(workload.name);
    return result ? [rowOf(workload, `PyTorch ${version}`, threads, result.charactersPerSecond)] : [];
  });
}

function rowOf(workload: Workload, engine: string, threads: number, charactersPerSecond: number): Row {
  const gigaflops = (charactersPerSecond * flopsPerSymbol(workload.shape)) / 1e9;
  const peak = peakFor(engine, threads);
  const rival = pytorch.get(threads)?.best.get(workload.name)?.charactersPerSecond;
  return {
    workload: workload.name,
    engine,
    threads,
    charactersPerSecond,
    gigaflops,
    shareOfPeak: peak && gigaflops / peak,
    ratioToPyTorch: rival && charactersPerSecond / rival,
  };
}

/** What is built for AVX2 is compared with a product that also keeps to AVX2; all else with the machine's best. */
function peakFor(engine: string, threads: number): number | undefined {
  return (isaOf(engine) === 'avx2' ? avx2Peaks.get(threads) : undefined) ?? peaks.get(threads);
}

function isaOf(engine: string): Isa {
  return engine.endsWith('avx512') ? 'avx512' : engine.endsWith('avx2') ? 'avx2' : 'default';
}

function report() {
  return {
    machine,
    peaks: threadCounts.map((threads) => ({
      threads,
      gigaflops: peaks.get(threads),
      avx2Gigaflops: avx2Peaks.get(threads),
    })),
    rows,
    pytorch: [...pytorch].map(([threads, { version, best }]) => ({
      threads,
      version,
      variants: Object.fromEntries(best),
    })),
  };
}

function print(): string {
  const head = ['engine', 'workload', 'threads', 'characters/s', 'GF/s', 'of the peak', 'to PyTorch'];
  const body = rows.map((row) => [
    row.engine,
    row.workload,
    String(row.threads),
    row.charactersPerSecond.toFixed(0),
    row.gigaflops.toFixed(1),
    percent(row.shareOfPeak),
    decimals(row.ratioToPyTorch, 2),
  ]);
  return [table(head, body), '', ...(python === undefined ? [missing()] : notes())].join('\n');
}

function notes(): string[] {
  return [...pytorch].flatMap(([threads, { version, best }]) => {
    const avx2 = avx2Peaks.get(threads);
    const kept =
      avx2 === undefined ? '' : `, ${avx2.toFixed(0)} with AVX2 alone (what avx2 is compared with)`;
    const variants = [...best].map(([name, { variant }]) => `PyTorch, ${name}, ${threads}: ${variant}`);
    return [
      `SGEMM peak, ${plural(threads, 'thread')}: ${decimals(peaks.get(threads), 0)} GF/s${kept}`,
      ...(version === undefined ? [missing()] : variants),
    ];
  });
}

function missing(): string {
  return flags.pytorch
    ? `PyTorch is not here. To compare with it: ${INSTALL_PYTORCH}`
    : 'PyTorch was left out.';
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
