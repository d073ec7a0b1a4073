import type { Logger } from 'pino';
import type { GuardRules } from '../../corpus/guard.js';
import { escapeMarkdown, highlight } from '../../corpus/highlight.js';
import { isUserError, type UserError } from '../../errors.js';
import { describeError, type Locale, stringsFor } from '../../i18n/index.js';
import type { Pictures } from '../../pictures/pictures-client.js';
import type { Store } from '../../store/open.js';
import type { TrainingReport } from '../../training/report.js';
import type { Sampler } from '../../training/sampling-client.js';
import { mayWriteFor } from '../readers.js';
import { type FinishedTraining, isFinished, type RetrainOutcome } from './outcome.js';
import type { SettledDebt } from './settling.js';

/** What is said of an outcome: a text, and of a finished training a card with a picture. */
export interface OutcomeMessage {
  content: string;
  embeds?: {
    title: string;
    description?: string;
    fields?: { name: string; value: string; inline?: boolean }[];
    picture?: string;
  }[];
  files?: { name: string; bytes: Uint8Array; alt: string }[];
}

export type DescribeOutcome = ReturnType<typeof createOutcomeMessages>;

/** As many samples as are shown, and of each as many UTF-16 units: three fit into the 1,024 of a card's field. */
const SAMPLES = 3;
const SAMPLE_LIMIT = 300;
/** As many characters as are written of each. */
const SAMPLE_CHARACTERS = 200;
const SAMPLED = {
  wanted: {
    kind: 'message',
    context: [],
    authorId: undefined,
    isReply: false,
    opening: '',
    maxLength: SAMPLE_CHARACTERS,
  },
  temperature: 0.8,
  topP: 1,
} as const;
const PICTURE = 'loss.png';

/** Describes how trainings ended, in a guild's or a reader's language. */
export function createOutcomeMessages(parts: {
  pictures: Pick<Pictures, 'lossCurve'>;
  sampler: Pick<Sampler, 'write'>;
  /** What must not be said in a guild. */
  guardRules: (guildId: string) => Promise<GuardRules>;
  store: Pick<Store, 'audiences'>;
  /** The class of those who can read a channel. */
  audienceOf: (channelId: string) => string;
  log: Logger;
}) {
  const { pictures, sampler, guardRules, store, audienceOf, log } = parts;

  /**
   * What the new version writes, under the guard as everything that is shown, with nothing in it that formats. A text
   * that the guard refuses, or that cannot be written, is left out.
   */
  async function samplesOf(guildId: string, { version, report }: FinishedTraining): Promise<string[]> {
    const guard = await guardRules(guildId);
    const requests = Array.from({ length: SAMPLES }, (_, index) =>
      sampler
        .write({ guildId, version, ...SAMPLED, seed: (report.seed + index) % 2 ** 31, guard })
        .then(({ text }) => text)
        .catch((error: unknown) => {
          const isRefused = isUserError(error) && error.key === 'guard_refused';
          if (!isRefused) log.warn({ err: error, version }, 'a sample could not be written');
          return '';
        }),
    );
    return (await Promise.all(requests)).filter((text) => text.trim() !== '').map((text) => quoted(text));
  }

  /** A picture that cannot be drawn is left out: what it shows is said, too. */
  async function curveOf(report: TrainingReport, locale: Locale) {
    const { curve: points, bitsPerCharacter, liveBitsPerCharacter, ngramBitsPerCharacter } = report;
    const data = { points, bitsPerCharacter, liveBitsPerCharacter, ngramBitsPerCharacter };
    try {
      const alt = stringsFor(locale).pictures.lossCurveAlt(data);
      return { name: PICTURE, bytes: await pictures.lossCurve(data, { locale }), alt };
    } catch (error) {
      log.warn({ err: error }, 'the picture of a training could not be drawn');
      return undefined;
    }
  }

  /** What is said in a channel, by whose readers it depends whether they may see what the model writes. */
  return async (
    { guildId, channelId }: { guildId: string; channelId: string },
    outcome: RetrainOutcome | UserError | SettledDebt,
    locale: Locale,
  ): Promise<OutcomeMessage> => {
    const strings = stringsFor(locale);
    if (isUserError(outcome)) return { content: describeError(outcome, strings) };
    if (outcome.kind === 'settled') return { content: strings.debt.settled(outcome) };
    const content = strings.retrain.outcome(outcome);
    if (!isFinished(outcome)) return { content };
    const picture = await curveOf(outcome.report, locale);
    const isShown = mayWriteFor(audienceOf(channelId), outcome);
    const samples = isShown ? await samplesOf(guildId, outcome) : [];
    const readers = await store.audiences.find(guildId, outcome.audience);
    const whose = readers && strings.audiences.outcome({ channel: readers.channel_id, isShown });
    const { title, fields, samplesName } = strings.retrain.card;
    // Without a line between them Discord would make one quote of all.
    const written = samples.map((sample) => `> ${sample}`).join('\n\n');
    return {
      content: [strings.retrain.outcome(outcome), ...(whose === undefined ? [] : [whose])].join('\n'),
      embeds: [
        {
          title: title(outcome),
          fields: [
            ...fields(outcome.report).map((field) => ({ ...field, inline: true })),
            ...(written === '' ? [] : [{ name: samplesName(), value: written, inline: false }]),
          ],
          ...(picture && { picture: PICTURE }),
        },
      ],
      ...(picture && { files: [picture] }),
    };
  };
}

/** A sample on one line, with nothing in it that formats; what is cut off ends with a whole word, where there are words. */
function quoted(text: string): string {
  const isWhole = [...text].length < SAMPLE_CHARACTERS;
  const line = escapeMarkdown(text.trim().replace(/\s+/g, ' '));
  if (isWhole && line.length <= SAMPLE_LIMIT) return line;
  const end = line.lastIndexOf(' ', SAMPLE_LIMIT - 1);
  return end > 0 ? `${line.slice(0, end)}…` : highlight(text.trim().replace(/\s+/g, ' '), [], SAMPLE_LIMIT);
}
