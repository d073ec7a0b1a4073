import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.js';
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

/** A setting is given up when its first steps reach less than this share of the best one so far. */
const HOPELESS = 0.5;

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
  for (const setting of settings(isa, threads)) {
    const request = workloads.map(({ name, shape, size }) => ({
      name,
      ...shape,
      ...size,
      giveUpBelow: HOPELESS * (best.get(name)?.charactersPerSecond ?? 0),
    }));
    const report = runPython(python, { ...kernelsOf[isa], ...setting }, threads, request, seconds);
    version = report.torch ?? undefined;
    for (const { name, charactersPerSecond, variant } of report.workloads) {
      if (charactersPerSecond <= (best.get(name)?.charactersPerSecond ?? 0)) continue;
      const environment = Object.entries(setting).map(([key, value]) => `${key}=${value}`);
      best.set(name, { charactersPerSecond, variant: [...environment, variant].join(', ') });
    }
    if (version === undefined) break;
  }
  return { version, best };
}

/** GF/s of a large product in single precision, by the best library there is. */
export function measurePeak(python: string, isa: Isa, threads: number, seconds: number): number | undefined {
  return runPython(python, kernelsOf[isa], threads, [], seconds).peak;
}

/**
 * What may help PyTorch. OpenBLAS and OpenMP have threads of their own: where those of one spin while the other works,
 * several threads are slower than one (seen with PyTorch 1.13), which PASSIVE or a single BLAS thread prevents.
 */
function settings(isa: Isa, threads: number): Record<string, string>[] {
  const waiting: Record<string, string>[] =
    threads === 1
      ? [{}]
      : [{ OMP_WAIT_POLICY: 'PASSIVE' }, { OMP_WAIT_POLICY: 'PASSIVE', OPENBLAS_NUM_THREADS: '1' }, {}];
  // PyTorch 1.13 has AVX-512 code of its own, but does not use it unless asked.
  const own = isa === 'avx512' ? [{ ATEN_CPU_CAPABILITY: 'avx512' }, {}] : [{}];
  return waiting.flatMap((wait) => own.map((capability) => ({ ...capability, ...wait })));
}

function runPython(
  python: string,
  setting: Readonly<Record<string, string>>,
  threads: number,
  workloads: readonly object[],
  seconds: number,
): Report {
  const count = String(threads);
  // What tunes the libraries on this machine is left out, for it was not chosen for this comparison.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OPENBLAS|OMP|GOMP|KMP|MKL)_/.test(name),
  );
  const { status, stdout, stderr } = spawnSync(
    python,
    [join(ROOT, 'bench/pytorch.py'), JSON.stringify({ threads, seconds, workloads })],
    {
      encoding: 'utf8',
      env: {
        ...Object.fromEntries(inherited),
        OPENBLAS_NUM_THREADS: count,
        OMP_NUM_THREADS: count,
        MKL_NUM_THREADS: count,
        ...setting,
      },
    },
  );
  if (status !== 0) throw new Error(`${python} bench/pytorch.py failed: ${stderr.trim()}`);
  return reportSchema.parse(JSON.parse(stdout));
}
