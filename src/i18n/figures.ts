import type { TrainingReport } from '../training/report.js';

/** Numbers as they are written in every language. */
export function bits(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '∞' : value.toFixed(2);
}

/** Discord's own way of writing times: in seconds, shown in the reader's language and time zone. */
export function time(ms: number, style: 'R' | 'f' | 't'): string {
  return `<t:${Math.floor(ms / 1_000)}:${style}>`;
}

export function bar(fraction: number): string {
  const full = Math.round(fraction * 16);
  return '▰'.repeat(full) + '▱'.repeat(16 - full);
}

/** The scores of a version that is kept: what was not finite is null there. */
export type Scores = Pick<
  TrainingReport,
  'liveVersion' | 'liveBitsPerCharacter' | 'ngramBitsPerCharacter'
> & {
  bitsPerCharacter: number | null;
};

/** A report's scores on the same text, the new model's first. */
export function scoresWith(version: string, scores: Scores): string {
  const { bitsPerCharacter, liveVersion, liveBitsPerCharacter, ngramBitsPerCharacter } = scores;
  return [
    `**${bits(bitsPerCharacter)}**`,
    liveBitsPerCharacter === undefined
      ? undefined
      : `${version} ${liveVersion} ${bits(liveBitsPerCharacter)}`,
    ngramBitsPerCharacter === undefined ? undefined : `n-gram ${bits(ngramBitsPerCharacter)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
