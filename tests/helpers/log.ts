import { pino } from 'pino';

export const silent = pino({ level: 'silent' });

/** A log, and what was written into it. */
export function recordedLog() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, log: pino({ level: 'info' }, { write }) };
}
