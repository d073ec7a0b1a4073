import type { Taken } from '../store/intake.js';
import type { OmissionReason } from '../store/schema.js';
import type { BadRow, Counts, LeftOut } from './protocol.js';

/** As many bad rows are named; all are counted. */
const NAMED_BAD_ROWS = 20;
/** What is counted beyond the import, with what the gateway brings. */
const OMISSIONS: readonly OmissionReason[] = [
  'bot',
  'command',
  'empty',
  'opted_out',
  'not_opted_in',
  'erased',
];

export function noCounts(elsewhere: number): Counts {
  return { read: 0, added: 0, edited: 0, known: 0, leftOut: {}, bad: 0, badRows: [], elsewhere };
}

/** Counts what became of a batch; what the store says nothing of, it knew. */
export function countTaken(counts: Counts, messages: number, { added, edited, omitted }: Taken): void {
  counts.added += added;
  counts.edited += edited;
  let known = messages - added - edited;
  for (const [reason, omittedMessages] of Object.entries(omitted) as [OmissionReason, number][]) {
    countLeftOut(counts, reason, omittedMessages);
    known -= omittedMessages;
  }
  counts.known += known;
}

export function countLeftOut(counts: Counts, reason: LeftOut, messages = 1): void {
  counts.leftOut[reason] = (counts.leftOut[reason] ?? 0) + messages;
}

/** Of what was left out, that which a server's own count of omissions knows. */
export function omissionsIn({ leftOut }: Counts): Partial<Record<OmissionReason, number>> {
  return Object.fromEntries(
    OMISSIONS.filter((reason) => leftOut[reason] !== undefined).map((reason) => [reason, leftOut[reason]]),
  );
}

export function countBad(counts: Counts, row: BadRow): void {
  counts.bad += 1;
  if (counts.bad <= NAMED_BAD_ROWS) counts.badRows.push(row);
}
