import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../src/rnn/kernel/root.js';
import type { Workload } from './workloads.js';

const reportSchema = z.object({
  torch: z.string().nullable(),
  peak: z.number().optional(),
  workloads: z.array(z.object({ name: z.string(), charactersPerSecond: z.number(), variant: z.string() })),
});
type Report = z.infer<typeof reportSchema>;

/** The instruction set that the libraries' kernels are chosen for. */
export type Isa = 'avx512' | 'avx2' | 'default';

export interface PyTorch {
  /** Undefined where only NumPy is there, for the peak. */
  readonly version: string | undefined;
  /** The best variant of every workload. */
  readonly best: ReadonlyMap<string, { charactersPerSecond: number; variant: string }>;
}

export const INSTALL_PYTORCH =
  'apt-get install -y --no-install-recommends python3-torch python3-numpy libopenblas0-pthread, ' +
  'or python3 -m pip install torch numpy';

/** A Python that has PyTorch, or at least NumPy to measure the peak with. */
export function findPython(wanted?: string): string | undefined {
  const candidates = wanted === undefined ? ['python3', '/usr/bin/python3'] : [wanted];
  const imports = (module: string) => (python: string) =>
    spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
  return candidates.find(imports('torch')) ?? candidates.find(imports('numpy'));
}

/** Which libraries' kernels to ask for, so that the peak is that of the same instructions. */
const kernelsOf: Record<Isa, Readonly<Record<string, string>>> = {
  avx512: { OPENBLAS_CORETYPE: 'SkylakeX' },
  avx2: { OPENBLAS_CORETYPE: 'Haswell', MKL_ENABLE_INSTRUCTIONS: 'AVX2', ONEDNN_MAX_CPU_ISA: 'AVX2' },
  default: {},
};

/** The best that PyTorch does with so many threads, over settings of its environment and ways to write the step. */
export function measurePyTorch(
  python: string,
  isa: Isa,
  threads: number,
  workloads: readonly Workload[],
  seconds: number,
): PyTorch {
  const best = new Map<string, { charactersPerSecond: number; variant: string }>();
  let version: string | undefined;
  for (const { environment, shards } of settings(isa, threads)) {
    const request = workloads.map(({ name, shape, size }) => ({
      name,
      ...shape,
      ...size,
      bestSoFar: best.get(name)?.charactersPerSecond ?? 0,
    }));
    const report = runPython(
      python,
      { ...kernelsOf[isa], ...environment },
      { shards, seconds, workloads: request },
    );
    version = report.torch ?? undefined;
    for (const { name, charactersPerSecond, variant } of report.workloads) {
      if (charactersPerSecond <= (best.get(name)?.charactersPerSecond ?? 0)) continue;
      const how = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
      if (shards > 1) how.push(`batch split over ${shards} threads`);
      best.set(name, { charactersPerSecond, variant: [...how, variant].join(', ') });
    }
    if (version === undefined) break;
  }
  return { version, best };
}

/** GF/s of a large product in single precision, by the best library there is. */
export function measurePeak(python: string, isa: Isa, threads: number, seconds: number): number | undefined {
  const environment = { ...kernelsOf[isa], ...threadsInside(threads, threads) };
  return runPython(python, environment, { shards: 1, seconds, workloads: [] }).peak;
}

/** A way to start PyTorch. */
interface Setting {
  readonly environment: Readonly<Record<string, string>>;
  /** Parts that the batch is split into, each computed by a thread of Python's. */
  readonly shards: number;
}

/**
 * What may help PyTorch. OpenBLAS and OpenMP have threads of their own: where those of one spin while the other works,
 * several threads are slower than one (seen with PyTorch 1.13), which PASSIVE or a single BLAS thread prevents; and a
 * batch that is split needs no threads inside.
 */
function settings(isa: Isa, threads: number): Setting[] {
  const passive = { OMP_WAIT_POLICY: 'PASSIVE' };
  const ways: Setting[] = [
    { environment: threadsInside(1, 1), shards: threads },
    { environment: { ...threadsInside(threads, threads), ...passive }, shards: 1 },
    { environment: { ...threadsInside(1, threads), ...passive }, shards: 1 },
    { environment: threadsInside(threads, threads), shards: 1 },
  ];
  // PyTorch 1.13 has AVX-512 code of its own, but does not use it unless asked.
  const own = isa === 'avx512' ? [{ ATEN_CPU_CAPABILITY: 'avx512' }, {}] : [{}];
  return (threads === 1 ? ways.slice(0, 1) : ways).flatMap(({ environment, shards }) =>
    own.map((capability) => ({ environment: { ...capability, ...environment }, shards })),
  );
}

/** Threads of the matrix products and of everything else. */
function threadsInside(products: number, rest: number) {
  return {
    OPENBLAS_NUM_THREADS: String(products),
    MKL_NUM_THREADS: String(products),
    OMP_NUM_THREADS: String(rest),
  };
}

function runPython(
  python: string,
  environment: Readonly<Record<string, string>>,
  request: { shards: number; seconds: number; workloads: readonly object[] },
): Report {
  // What tunes the libraries on this machine is left out, for it was not chosen for this comparison.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OPENBLAS|OMP|GOMP|KMP|MKL)_/.test(name),
  );
  const { status, stdout, stderr } = spawnSync(
    python,
    [join(ROOT, 'bench/pytorch.py'), JSON.stringify(request)],
    { encoding: 'utf8', env: { ...Object.fromEntries(inherited), ...environment } },
  );
  if (status !== 0) throw new Error(`${python} bench/pytorch.py failed: ${stderr.trim()}`);
  return reportSchema.parse(JSON.parse(stdout));
}
