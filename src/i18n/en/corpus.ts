import type { CorpusStatus } from '../../services/corpus-status.js';
import type { OmissionReason } from '../../store/schema.js';
import { debt } from './debt.js';
import { count, number } from './words.js';

/** Channels that are named; of more only the number is told. */
const MAX_CHANNELS = 25;
const DAY_MS = 86_400_000;

export const corpus = {
  /** `past` is a sentence on what came of reading it. */
  collecting: ({ channel, past }: { channel: string; past: string }) =>
    `Collecting from <#${channel}> now. ${past}`,
  recent: ({ found }: { found: number }) => `${count(found, 'message')} of its history taken in.`,
  ignoring: ({ channel }: { channel: string }) =>
    `Ignoring <#${channel}> from now on. What it gave so far is kept, but no training will read it.`,

  status: (status: CorpusStatus) =>
    [
      status.channels.length === 0
        ? 'No channel is switched on. Choose one with `/corpus collect`.'
        : `**Channels:** ${channels(status.channels)}`,
      `**Corpus:** ${count(status.messages, 'message')}, ${count(status.characters, 'character')}, ${count(status.speakers, 'speaker')}`,
      status.omitted.length === 0
        ? undefined
        : `**Not stored**, of what came: ${status.omitted.map(({ reason, messages }) => `${OMITTED[reason]} ${number(messages)}`).join(' · ')}`,
      status.model === undefined
        ? '**Model:** none yet. Start the first training with `/retrain`.'
        : `**Model:** version ${status.model.version}, ${status.model.bits_per_character.toFixed(2)} bits per character, ` +
          `trained <t:${Math.floor(status.model.created_at / 1000)}:R>; ${count(status.sinceTraining, 'new message')} since`,
      status.leftOut && `**Left out of its training:** ${leftOut(status.leftOut)}`,
      debt.status(status.debt),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  statusAlt: ({ first, last, channels }: NonNullable<CorpusStatus['picture']>) =>
    `Messages of the last ${count((last - first) / DAY_MS + 1, 'day')}, day by day and by channel: ${channels.map(({ name = 'others' }) => name).join(', ')}.`,

  picture: {
    title: () => 'Messages per day, by channel',
    time: () => 'Days in UTC',
    others: () => 'others',
    trained: (version: number) => `version ${version} trained`,
    empty: () => 'Nothing was stored in this time.',
  },
};

function channels(all: CorpusStatus['channels']): string {
  const named = all.slice(0, MAX_CHANNELS).map(({ id, messages }) => `<#${id}> (${number(messages)})`);
  const more = all.length - named.length;
  return named.join(', ') + (more === 0 ? '' : ` and ${number(more)} more`);
}

const OMITTED: Record<OmissionReason, string> = {
  bot: 'by bots',
  command: 'commands to bots',
  empty: 'without text',
  opted_out: 'opted out',
  not_opted_in: 'not opted in',
  erased: 'erased for good',
};

function leftOut({ copies, share, spam, empty }: NonNullable<CorpusStatus['leftOut']>): string {
  return (
    `copies ${number(copies)} · over one person's share ${number(share)} · ` +
    `flagged as spam ${number(spam)} · without a word of their own ${number(empty)}`
  );
}
