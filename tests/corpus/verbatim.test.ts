import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createVerbatimIndex, SHORTEST_COPY } from '../../src/corpus/verbatim.js';

function indexOf(messages: readonly string[]) {
  const index = createVerbatimIndex();
  for (const message of messages) index.add(message);
  return index;
}

/** The longest run by trying every pair of places, in code points; for texts that need no folding. */
function naive(messages: readonly string[], text: string, from = 0): number {
  const checked = [...text];
  const beyond = [...text.slice(0, from)].length;
  let longest = 0;
  for (const message of messages) {
    const characters = [...message];
    for (let start = 0; start < checked.length; start++)
      for (let at = 0; at < characters.length; at++) {
        let run = 0;
        while (run < checked.length - start && checked[start + run] === characters[at + run]) run += 1;
        if (start + run > beyond) longest = Math.max(longest, run);
      }
  }
  return longest < SHORTEST_COPY ? 0 : longest;
}

const SENTENCE = 'the quick brown fox jumps over the lazy dog and then sleeps until noon';

describe('the verbatim index', () => {
  it.each([40, 41, 42, 55, 70])('of a message, finds its first, last and middle %d characters', (length) => {
    const index = indexOf([SENTENCE]); // 70 characters
    for (let start = 0; start + length <= SENTENCE.length; start++) {
      const copied = SENTENCE.slice(start, start + length);
      expect(index.longestRun(`#${copied}#`)).toBe(length < 41 ? 0 : length);
    }
  });

  it('has nothing to find in short messages and none at all', () => {
    expect(indexOf([]).longestRun(SENTENCE)).toBe(0);
    const index = indexOf([SENTENCE.slice(0, 40)]);
    expect(index.longestRun(SENTENCE)).toBe(0);
    expect(index.messages).toBe(0);
    expect(index.longestRun('')).toBe(0);
  });

  it('does not find a run across two messages', () => {
    expect(indexOf([SENTENCE.slice(0, 35), SENTENCE.slice(35)]).longestRun(SENTENCE)).toBe(0);
    const halves = [SENTENCE.slice(0, 45), SENTENCE.slice(25)];
    expect(indexOf(halves).longestRun(SENTENCE)).toBe(45);
  });

  it('sees through case, line breaks and doubled spaces', () => {
    const index = indexOf([SENTENCE]);
    expect(index.longestRun(SENTENCE.toUpperCase())).toBe(70);
    expect(index.longestRun(SENTENCE.replaceAll(' ', ' \n '))).toBe(70);
    expect(
      indexOf(['Ο ΟΔΟΣ ΤΟΥ ΛΟΓΟΥ ΕΙΝΑΙ ΜΑΚΡΥΣ ΚΑΙ ΔΥΣΚΟΛΟΣ ΠΟΛΥΣ']).longestRun(
        'ο οδοσ του λογου ειναι μακρυσ και δυσκολοσ πολυσ',
      ),
    ).toBe(48);
  });

  it('counts code points, and no halves of them', () => {
    const smiles = '😀😁😂🤣😃😄😅😆😉😊'.repeat(5); // 50 code points, 100 units
    const index = indexOf([smiles]);
    expect(index.longestRun(smiles)).toBe(50);
    expect(index.longestRun([...smiles].slice(0, 41).join(''))).toBe(41);
    expect(index.longestRun([...smiles].slice(0, 40).join(''))).toBe(0);
    // 😆 and 😇 begin with the same half
    expect(index.longestRun([...smiles].slice(0, 41).join('') + '🙂')).toBe(41);
  });

  it('counts only what reaches beyond the beginning that was written before', () => {
    const index = indexOf([SENTENCE]);
    expect(index.longestRun(`${SENTENCE} and more`, SENTENCE.length + 1)).toBe(0);
    expect(index.longestRun(SENTENCE, 69)).toBe(70);
    expect(index.longestRun(SENTENCE, 70)).toBe(0);
    expect(index.longestRun(`${SENTENCE} ${SENTENCE.slice(0, 45)}`, 71)).toBe(45);
  });

  it('keeps equal texts once', () => {
    const index = createVerbatimIndex();
    for (let copy = 0; copy < 100_000; copy++) index.add(SENTENCE);
    expect(index.messages).toBe(1);
    expect(index.bytes).toBeLessThan(5_000_000);
    expect(index.longestRun(SENTENCE)).toBe(70);
  });

  it('finds what is in one of thousands that begin and end alike', () => {
    const numbered = (number: number) => `${SENTENCE} ${number} ${SENTENCE}`;
    const index = indexOf(Array.from({ length: 5_000 }, (_, number) => numbered(10_000 + number)));
    expect(index.messages).toBe(5_000);
    expect(index.longestRun(SENTENCE)).toBe(70);
    expect(index.longestRun('over the lazy dog and then sleeps until noon 14321 the quick brown')).toBe(66);
    expect(index.longestRun('dog and then sleeps until noon 14321 the')).toBe(0); // 40
    expect(index.longestRun(numbered(14_321))).toBe(147);
  });

  const character = fc.constantFrom(...'ab ', 'ß', '한', '글', '😀', '😁');
  const words = fc.array(character, { minLength: 1, maxLength: 120 }).map((all) => all.join(''));
  /** A text of pieces of the messages, with something between some of them. */
  const corpusAndText = fc
    .array(words, { minLength: 1, maxLength: 6 })
    .chain((messages) =>
      fc.record({
        messages: fc.constant(messages),
        pieces: fc.array(
          fc.tuple(fc.nat(messages.length - 1), fc.nat(100), fc.nat(110), fc.constantFrom('', 'x', 'a', ' ')),
          { minLength: 1, maxLength: 4 },
        ),
        from: fc.nat(60),
      }),
    )
    .map(({ messages, pieces, from }) => {
      const plain = (text: string) => text.replace(/ +/g, ' ');
      const text = pieces
        .map(([which, at, length, between]) => [...messages[which]].slice(at, at + length).join('') + between)
        .join('');
      return { messages: messages.map(plain), text: plain(text), from };
    });

  test('is exact', () => {
    fc.assert(
      fc.property(corpusAndText, ({ messages, text, from }) => {
        const begins = [...text].slice(0, from).join('').trimEnd();
        const index = indexOf(messages);
        expect(index.longestRun(text)).toBe(naive(messages, text));
        expect(index.longestRun(text, begins.length)).toBe(naive(messages, text, begins.length));
      }),
      { numRuns: 500 },
    );
  });

  test('misses no copy in a corpus of few letters, where every window stands in many messages', () => {
    const monotonous = fc.array(
      fc.array(fc.constantFrom('aaaaaaaaaaaaaaaaaaaaaaaaa', 'abababababababababababab', 'a', 'b'), {
        minLength: 1,
        maxLength: 6,
      }),
      { minLength: 20, maxLength: 60 },
    );
    fc.assert(
      fc.property(monotonous, (lines) => {
        const messages = lines.map((line) => line.join(''));
        const [text, ...others] = messages;
        const [found, there] = [indexOf(others).longestRun(text), naive(others, text)];
        expect(found > 0).toBe(there > 0);
        expect(found).toBeLessThanOrEqual(there);
      }),
      { numRuns: 100 },
    );
  });
});
