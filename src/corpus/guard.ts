import { takenBackKeys } from './content-key.js';
import { fit } from './fit.js';
import { findAddresses } from './guard/addresses.js';
import { type BlockList, createBlockList } from './guard/block-list.js';
import { edited } from './edits.js';
import { settled } from './guard/held-back.js';
import { withoutLoops } from './guard/loops.js';
import { findPings } from './guard/pings.js';
import type { VerbatimIndex } from './verbatim.js';

/** Why a text must not be shown. */
export type GuardProblem = 'verbatim' | 'blocked' | 'taken_back' | 'empty';

/** What must not be said in a guild. */
export interface GuardRules {
  /** Words and phrases, as a moderator typed them: see `createBlockList`. */
  blocked: readonly string[];
  /** Keys (`takenBackKeys`) of texts that were taken back. */
  takenBack: readonly string[];
  /** Characters in a row that may be those of one message; at least 40; undefined allows any number. */
  maxVerbatim: number | undefined;
}

export interface Guard {
  /**
   * The text as it may be shown, or what is wrong with it. Pings and addresses become harmless words, loops are cut, and
   * what Discord would not take is left off.
   * @param before what was shown before it in the same message: only looked at
   * @param complete whether the text is all there; of one still being written the last words are held back that may
   *   yet turn out to be something else
   */
  check(text: string, before: string, complete: boolean): { text: string } | { problem: GuardProblem };
}

/** What Discord takes, in UTF-16 units. */
const MAX_UNITS = 2000;
/** So much of what stands before a text may make one word or address with it. */
const SEAM = 200;
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Z}\p{M}\u2800*_~|`]/u;

/** @param blockList of the rules' words, where it is there already */
export function createGuard(
  rules: GuardRules,
  index: VerbatimIndex,
  blockList: BlockList = createBlockList(rules.blocked),
): Guard {
  const takenBack = new Set(rules.takenBack);

  function isTakenBack(text: string, complete: boolean): boolean {
    return takenBack.size > 0 && takenBackKeys(text, complete).some((key) => takenBack.has(key));
  }

  function problemOf(text: string, before: string, complete: boolean): GuardProblem | undefined {
    if (complete && !VISIBLE.test(text)) return 'empty';
    if (isTakenBack(text, complete)) return 'taken_back';
    const seam = before.slice(-SEAM);
    if (blockList.matches(seam + text, seam.length)) return 'blocked';
    const { maxVerbatim } = rules;
    if (maxVerbatim === undefined) return undefined;
    return index.longestRun(before + text, before.length) > maxVerbatim ? 'verbatim' : undefined;
  }

  return {
    check(text, before, complete) {
      const shown = fit(defuse(complete ? text : settled(text), before), MAX_UNITS);
      const problem = problemOf(shown, before, complete);
      return problem === undefined ? { text: shown } : { problem };
    },
  };
}

/** The text with harmless words for its pings and addresses, and without loops; `before` stands before it. */
export function defuse(text: string, before = ''): string {
  const seam = before.slice(-SEAM);
  const quiet = edited(seam + text, seam.length, findPings(seam + text));
  return withoutLoops(edited(seam + quiet, seam.length, findAddresses(seam + quiet)));
}
