import { wordsOfNames } from '../src/corpus/attachment-names.js';
import { normalize } from '../src/corpus/normalize.js';
import { roll } from '../src/rnn/random.js';
import { attacks, type Altered } from './attacks.js';
import { percent, table } from './table.js';

/** For each text, whether it is spam. */
export type Classify = (texts: readonly string[]) => boolean[] | Promise<boolean[]>;

export interface Evasion {
  attack: string;
  /** Shares of the spam that is caught unaltered and missed altered; undefined where none is caught. */
  raw: number | undefined;
  normalized: number | undefined;
}

/**
 * How often spam that is caught slips through when it is disguised, without normalisation and with it.
 * @param classify texts as they are, and normalized ones
 */
export async function measureEvasion(
  classify: { raw: Classify; normalized: Classify },
  spam: readonly string[],
  seed: number,
): Promise<Evasion[]> {
  const rows: Evasion[] = [];
  for (const [attack, disguise] of Object.entries(attacks)) {
    const dice = { state: seed };
    const altered = spam.map((text) => disguise(text, () => roll(dice)));
    rows.push({
      attack,
      raw: await missed(
        classify.raw,
        spam,
        altered.map(({ text }) => text),
      ),
      normalized: await missed(
        classify.normalized,
        spam.map((text) => seen({ text, attachments: [] })),
        altered.map(seen),
      ),
    });
  }
  return rows;
}

export function evasionTable(rows: readonly Evasion[]): string {
  return table(
    ['attack', 'evades', 'with normalisation'],
    rows.map(({ attack, raw, normalized }) => [attack, percent(raw), percent(normalized)]),
  );
}

/** What a classifier reads of a message: its text and what its files' names say, both normalized. */
export function seen({ text, attachments }: Altered): string {
  return normalize([text, wordsOfNames(attachments)].filter((part) => part !== '').join('\n')).text;
}

async function missed(
  classify: Classify,
  plain: readonly string[],
  altered: readonly string[],
): Promise<number | undefined> {
  const before = await classify(plain);
  const after = await classify(altered);
  const caught = before.filter(Boolean).length;
  const lost = before.filter((isCaught, at) => isCaught && !after[at]).length;
  return caught === 0 ? undefined : lost / caught;
}
