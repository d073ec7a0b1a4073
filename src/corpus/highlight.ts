import { fit } from './fit.js';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

/** What Discord's markdown, mentions, emoji names and links are made of; the point of a numbered list as well. */
const MARKUP = /[\\`*_~|#<>@:[/-]|(?<=^\s*\d+)\./gm;
/** Scripts that put no spaces between their words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const MARKS = { none: ['', ''], bold: ['**', '**'], strong: ['__**', '**__'] } as const;
/** A word whose share is below this part of the strongest word's is not worth a mark. */
const WORTH_A_MARK = 0.15;
const STRONG = 0.6;
const MAX_MARKED = 1 / 3;

interface Piece {
  start: number;
  end: number;
  mark: keyof typeof MARKS;
}

/** The text as it is to be read: nothing in it formats, links or mentions. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKUP, '\\$&');
}

/**
 * The text as Discord markdown of at most `limit` UTF-16 units: words that weighed much in bold, the strongest also underlined.
 * The one strongest word is always marked; more of them while all marks together cover at most a third of the text.
 * @param weights the share of each UTF-16 unit in the score; what is negative or missing is not marked
 */
export function highlight(text: string, weights: ArrayLike<number>, limit: number): string {
  const shown = fit(text, limit);
  const pieces = chooseMarks(shown, weights);
  const whole = write(shown, pieces, Infinity);
  return shown === text && whole.length <= limit ? whole : `${write(shown, pieces, limit - 1)}…`;
}

function chooseMarks(text: string, weights: ArrayLike<number>): Piece[] {
  const pieces = split(text);
  const ranked = pieces
    .map((piece) => ({ piece, share: shareOf(piece, weights) }))
    .filter(({ piece, share }) => share > 0 && !/\s/.test(text.slice(piece.start, piece.end)))
    .sort((a, b) => b.share - a.share);
  for (const [rank, { piece, share }] of ranked.entries()) {
    if (share < ranked[0].share * WORTH_A_MARK) break;
    piece.mark = share < ranked[0].share * STRONG ? 'bold' : 'strong';
    if (rank === 0 || unitsMarked(merge(text, pieces)) <= text.length * MAX_MARKED) continue;
    piece.mark = 'none';
    break;
  }
  return merge(text, pieces);
}

/** Words and the spaces between them, in whole graphemes. */
function split(text: string): Piece[] {
  const pieces: Piece[] = [];
  const boundaries = new Set(Array.from(words.segment(text), ({ index }) => index));
  let before: string | undefined;
  for (const { index, segment } of graphemes.segment(text)) {
    const end = index + segment.length;
    const isSame = before !== undefined && /^\s/.test(before) === /^\s/.test(segment);
    const isNewWord = UNSPACED.test(before + segment) && boundaries.has(index);
    if (isSame && !isNewWord) pieces.at(-1)!.end = end;
    else pieces.push({ start: index, end, mark: 'none' });
    before = segment;
  }
  return pieces;
}

function shareOf({ start, end }: Piece, weights: ArrayLike<number>): number {
  let share = 0;
  for (let unit = start; unit < end; unit++) share += weights[unit] ?? 0;
  return share;
}

/** Neighbours become one, also across a space between two marks, and as strong as the stronger. */
function merge(text: string, pieces: readonly Piece[]): Piece[] {
  const isMarked = (piece: Piece | undefined) => piece !== undefined && piece.mark !== 'none';
  const merged: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    const isBridge =
      isMarked(pieces[index - 1]) &&
      isMarked(pieces[index + 1]) &&
      /^[^\S\n]+$/.test(text.slice(piece.start, piece.end));
    const { start, end, mark } = isBridge ? { ...piece, mark: 'bold' as const } : piece;
    const last = merged.at(-1);
    if (last === undefined || isMarked(last) !== (mark !== 'none')) merged.push({ start, end, mark });
    else {
      last.end = end;
      if (mark === 'strong') last.mark = 'strong';
    }
  }
  return merged;
}

function unitsMarked(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { start, end, mark }) => sum + (mark === 'none' ? 0 : end - start), 0);
}

/** As much of the pieces, in whole graphemes, as gives at most `limit` units of markdown. */
function write(text: string, pieces: readonly Piece[], limit: number): string {
  const escaped = new Set(Array.from(text.matchAll(MARKUP), ({ index }) => index));
  let written = '';
  for (const { start, end, mark } of pieces) {
    const [open, close] = MARKS[mark];
    let inside = '';
    let isCut = false;
    for (const { index, segment } of graphemes.segment(text.slice(start, end))) {
      const units = Array.from({ length: segment.length }, (_, unit) => start + index + unit);
      const readable = units.map((unit) => (escaped.has(unit) ? `\\${text[unit]}` : text[unit])).join('');
      isCut = written.length + open.length + inside.length + readable.length + close.length > limit;
      if (isCut) break;
      inside += readable;
    }
    if (inside !== '') written += open + inside + close;
    if (isCut) break;
  }
  return written;
}
