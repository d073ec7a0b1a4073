import { availableParallelism, cpus } from 'node:os';

/** What a figure depends on. */
export function describeMachine(now: Date): string {
  const model = cpus().at(0)?.model.trim() ?? process.arch;
  return `${model}, ${availableParallelism()} cores, Node ${process.version}, ${now.toISOString().slice(0, 10)}`;
}
