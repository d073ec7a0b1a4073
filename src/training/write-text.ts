import type { Guard, GuardProblem } from '../corpus/guard.js';
import { beginning, conversation, END, isMark, PLACE, readable } from '../corpus/transcript.js';
import { hash } from '../rnn/random.js';
import type { Reading } from '../rnn/rows.js';
import { MAX_PIECES_PER_CHARACTER, type Reader, type TextOptions, writing } from '../rnn/sampling.js';
import type { Vocabulary } from '../rnn/vocabulary.js';
import type { Wanted, WriteRequest, Written } from './writing.js';

/** Drafts before a request is given up. */
const MAX_DRAFTS = 3;
/**
 * The guard looks at a text that is being written after so many more characters, and a half more than it has looked at:
 * a look costs as much as the text is long, so that all of them cost about as much as three at the whole.
 */
const PART = 32;
/** How much of a conversation is read before a message of it is written, in characters: what the network can use. */
const MAX_CONTEXT = 1_500;

/** What it takes to write a text. */
export interface Desk {
  vocabulary: Vocabulary;
  /** By author. */
  tags: ReadonlyMap<string, string>;
  /** Whether it has learned what the mark of a reply means. */
  knowsReplies: boolean;
  guard: Guard;
  /** Has a text read by the network; returns what ends it early. */
  begin: (reading: Reading) => () => void;
  /** Is told what is safe to show so far. */
  tell: (soFar: string) => void;
  /** Ends the text early. */
  signal: AbortSignal;
}

type Draft = { text: string; stopped: boolean } | { problem: GuardProblem };

/**
 * Writes a text that the guard lets pass. A refused draft is written anew with other dice, which follow from the first:
 * the same seed still gives the same text.
 * @throws RangeError when the temperature or topP is none
 */
export async function writeText(
  request: WriteRequest,
  desk: Desk,
): Promise<Written | { problem: GuardProblem }> {
  let draft: Draft = { problem: 'empty' };
  for (let refused = 0; refused < MAX_DRAFTS; refused++) {
    if (desk.signal.aborted) return { text: '', stopped: true, refused };
    const seed = refused === 0 ? request.seed : hash(request.seed, refused);
    draft = await writeDraft({ ...request, seed }, desk);
    if ('text' in draft) return { ...draft, refused };
  }
  return draft;
}

function writeDraft(
  request: WriteRequest,
  { vocabulary, tags, knowsReplies, guard, begin, tell, signal }: Desk,
): Promise<Draft> {
  const { wanted, temperature, topP, seed } = request;
  const { length, ...plan } = planOf(wanted, tags, knowsReplies);
  const characters = [...(wanted.kind === 'message' ? readable(wanted.opening) : '')].slice(0, length);
  const before = wanted.kind === 'continuation' ? wanted.prompt : '';
  let pieces = 0;
  let checked = 0;
  let told = '';

  /** Reads on; returns whether the text is complete. */
  const read = (piece: string): boolean => {
    pieces += 1;
    const end = wanted.kind === 'message' ? piece.indexOf(END) : -1;
    characters.push(...readable(end < 0 ? piece : piece.slice(0, end)));
    return end >= 0 || characters.length >= length || pieces >= length * MAX_PIECES_PER_CHARACTER;
  };
  const soFar = (): string => {
    const text = characters.slice(0, length).join('');
    return wanted.kind === 'message' ? text.trim() : text;
  };

  return new Promise((resolve) => {
    const finish = (stopped: boolean) => {
      const verdict = guard.check(soFar(), before, true);
      // What was stopped and would not pass as a whole was shown up to here.
      if (stopped) resolve({ text: 'text' in verdict ? verdict.text : told, stopped });
      else resolve('text' in verdict ? { text: verdict.text, stopped } : verdict);
    };
    const reader: Reader = (piece) => {
      if (read(piece)) {
        finish(false);
        return false;
      }
      if (characters.length < checked + Math.max(PART, checked / 2)) return true;
      checked = characters.length;
      const verdict = guard.check(soFar(), before, false);
      if ('problem' in verdict) {
        resolve(verdict);
        return false;
      }
      if (verdict.text !== told) tell((told = verdict.text));
      return true;
    };
    const end = begin(writing(vocabulary, { ...plan, temperature, topP, seed }, reader));
    signal.addEventListener('abort', () => {
      end();
      finish(true);
    });
  });
}

const isPlace = (codePoint: number) => codePoint === PLACE.codePointAt(0);
const isEnd = (codePoint: number) => codePoint === END.codePointAt(0);
const isOtherMark = (codePoint: number) => isMark(codePoint) && !isEnd(codePoint);

function planOf(
  wanted: Wanted,
  tags: ReadonlyMap<string, string>,
  knowsReplies: boolean,
): Pick<TextOptions, 'prompt' | 'never' | 'neverFirst' | 'unseen'> & { length: number } {
  if (wanted.kind === 'continuation') {
    return { prompt: beginning(wanted.prompt), length: wanted.length, never: isPlace, unseen: isOtherMark };
  }
  const { context, authorId, isReply, opening, maxLength } = wanted;
  const said = context.map((each) => ({ ...each, isReply: each.isReply && knowsReplies }));
  const next = { authorId, content: opening, isReply: isReply && knowsReplies };
  return {
    prompt: conversation(said, next, tags, MAX_CONTEXT),
    length: maxLength,
    never: isOtherMark,
    neverFirst: isEnd,
  };
}
