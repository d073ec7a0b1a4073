import { ANY } from '../store/messages.js';
import { LABELS, type LabelledExample, type Task } from '../classifier/tasks.js';
import { contentKey } from '../corpus/content-key.js';
import { signalsOfText } from '../corpus/signals.js';
import { type Dice, roll } from '../rnn/random.js';
import { invent } from '../starter/invented.js';
import type { Store } from '../store/open.js';
import type { LabelRow } from '../store/schema.js';

export interface Examples {
  /** Invented ones, the guild's own chat, and verdicts. */
  learned: LabelledExample[];
  /** Verdicts among the learned. */
  verdicts: number;
  /** Verdicts that are never learned. */
  heldOut: LabelledExample[];
}

/**
 * The guild's newest messages that are read, at most. Some hundreds teach what its chat is like; thousands would teach
 * that everything strange to it is ham, too (docs/experiments.md).
 */
export const OWN = 500;
const PAGE = 2_000;
/** A moderator's word weighs as much as so many invented ones. */
const VERDICT_WEIGHT = 10;

/** What there is to learn for a guild's classifier: for the starter, which belongs to no guild, invented examples alone. */
export async function readExamples(
  store: Store,
  { guildId, task, seed }: { guildId: string; task: Task; seed: number },
): Promise<Examples> {
  const dice: Dice = { state: seed };
  const invented = invent(LABELS[task], () => roll(dice));
  if (guildId === '') return { learned: invented, verdicts: 0, heldOut: [] };
  const learned = await store.labels.list(guildId, task, 'learned');
  const heldOut = await store.labels.list(guildId, task, 'held-out');
  const judged = new Set([...learned, ...heldOut].map((verdict) => verdict.content_key));
  const verdicts = learned.map(toExample);
  const own = task === 'spam' ? await unsuspected(store, guildId) : [];
  return {
    learned: [
      ...invented,
      ...own.filter((text) => !judged.has(contentKey(text))).map(asHam),
      ...Array.from({ length: VERDICT_WEIGHT }, () => verdicts).flat(),
    ],
    verdicts: verdicts.length,
    heldOut: heldOut.map(toExample),
  };
}

/** What a server wrote and nobody flagged is ham, nearly always. */
function asHam(text: string): LabelledExample {
  return { text, signals: signalsOfText(text), label: 'ham' };
}

/** The texts of a guild's newest messages that no flag speaks against, oldest first. */
async function unsuspected(store: Store, guildId: string): Promise<string[]> {
  const newest = await store.messages.newest(guildId, ANY);
  if (newest === undefined) return [];
  const { messages } = await store.messages.totals(guildId, ANY);
  const start = await store.messages.timeAt(
    guildId,
    ANY,
    newest,
    Math.max(0, 1 - OWN / Math.max(1, messages)),
  );
  const suspected = await store.flags.suspected(guildId);
  const texts: string[] = [];
  let after = { created_at: (start ?? 0) - 1, id: '' };
  for (;;) {
    const page = await store.messages.page(guildId, ANY, after, PAGE);
    texts.push(...page.filter(({ id }) => !suspected.has(id)).map(({ content }) => content));
    const last = page.at(-1);
    // More than asked for where many came in the same moment.
    if (last === undefined) return texts.slice(-OWN);
    after = last;
  }
}

function toExample({ content, signals, label }: LabelRow): LabelledExample {
  return { text: content, signals: JSON.parse(signals) as string[], label };
}
