import { isSyllable, toJamo } from './hangul.js';

/** Takes a text piece by piece; a piece may end anywhere, even between the halves of a surrogate pair. */
export interface TextReader<Result> {
  push(piece: string): void;
  /** The text is complete. */
  end(): Result;
}

/**
 * Code units before which NFC never looks back, whatever stood there: everything below the first combining mark, CJK
 * ideographs, Hangul syllables, the first halves of emoji, U+FFFD. Unicode's stability policy keeps them so, and a
 * text of any length has one soon; what has none is held together until it ends.
 */
const SAFE = /[\0-\u02ff\u3400-\u9fff\uac00-\ud7a3\ud83c-\ud83e\ufffd]/;

/** Shows `see` the code points that the network sees of a text: well-formed, NFC, Hangul as jamo. */
export function readCodePoints(see: (codePoint: number) => void): TextReader<void> {
  let held = '';
  return {
    push(piece) {
      const cut = lastSafe(piece);
      if (cut < 0) {
        held += piece;
        return;
      }
      show(held + piece.slice(0, cut), see);
      held = piece.slice(cut);
    },
    end() {
      show(held, see);
      held = '';
    },
  };
}

function lastSafe(piece: string): number {
  let at = piece.length - 1;
  while (at >= 0 && !SAFE.test(piece[at])) at -= 1;
  return at;
}

function show(text: string, see: (codePoint: number) => void): void {
  const normal = text.toWellFormed().normalize('NFC');
  for (let at = 0; at < normal.length; at++) {
    const codePoint = normal.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at += 1;
    if (isSyllable(codePoint)) for (const jamo of toJamo(codePoint)) see(jamo);
    else see(codePoint);
  }
}
