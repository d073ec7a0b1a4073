import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CipherError, createCipher, type StoredText } from '../../src/store/cipher.js';

const key = (byte: number) => new Uint8Array(32).fill(byte);
const sealing = createCipher({ current: key(1) });
const plain = createCipher({});

const raw = (text: StoredText) => text as unknown as string;
const stored = (text: string) => text as unknown as StoredText;
/** Any well-formed text, often one that begins as sealed and escaped ones do. */
const texts = fc
  .tuple(
    fc.constantFrom('', '\u0001', '\u0001=', '\u00011', '\u000110badc0de'),
    fc.string({ unit: 'binary' }),
  )
  .map(([start, rest]) => (start + rest).toWellFormed());

describe('a text', () => {
  it.each([
    ['sealed', sealing],
    ['plain', plain],
  ])('that is stored %s comes back as it was', (_how, cipher) => {
    fc.assert(
      fc.property(texts, fc.string(), (text, place) => {
        expect(cipher.open(cipher.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('that is sealed shows nothing of itself, and differs every time', () => {
    const sealed = [1, 2].map(() => raw(sealing.seal('a secret of mine', 'messages.content 1')));
    expect(sealed[0].slice(0, 2)).toBe('\u00011');
    expect(sealed[0].slice(2)).toMatch(/^[0-9a-f]{8}[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(sealed[0].slice(10), 'base64')).toHaveLength(12 + 16 + 16); // nonce, 16 letters, tag
    expect(sealed[0]).not.toBe(sealed[1]);
  });

  it('that is plain stands as it is, but for what looks sealed', () => {
    expect(raw(plain.seal('hello', 'x'))).toBe('hello');
    const forged = raw(sealing.seal('hello', 'x'));
    expect(plain.open(plain.seal(forged, 'x'), 'x')).toBe(forged);
  });

  it('does not open with any bit of it flipped', () => {
    const sealed = raw(sealing.seal('hello', 'x'));
    const bytes = Buffer.from(sealed.slice(10), 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      const text = stored(sealed.slice(0, 10) + flipped.toString('base64'));
      expect(() => sealing.open(text, 'x')).toThrow(CipherError);
    }
  });

  it('does not open cut short, in another place, or with another key', () => {
    const sealed = sealing.seal('hello', 'messages.content 1');
    expect(() => sealing.open(stored(raw(sealed).slice(0, 20)), 'messages.content 1')).toThrow(/is damaged/);
    expect(() => sealing.open(sealed, 'messages.content 2')).toThrow(
      'messages.content 2 is damaged, or was sealed for another place',
    );
    expect(() => sealing.open(sealed, 'flags.content 1')).toThrow(CipherError);
    const name = sealing.current ?? '';
    const other = createCipher({ current: key(2) });
    for (const cipher of [plain, other]) {
      expect(() => cipher.open(sealed, 'messages.content 1')).toThrow(
        `messages.content 1 is sealed with another key, ${name}`,
      );
    }
  });

  it('opens with the previous key, too, but new ones are sealed with the current one', () => {
    const both = createCipher({ current: key(2), previous: key(1) });
    const [before, now] = [sealing.seal('old', 'x'), both.seal('new', 'x')];
    expect(both.open(before, 'x')).toBe('old');
    expect([before, now, plain.seal('new', 'x')].map(both.isCurrent)).toEqual([false, true, false]);
    expect([before, now, plain.seal('new', 'x')].map(plain.isCurrent)).toEqual([false, false, true]);
    expect(() => sealing.open(now, 'x')).toThrow(CipherError);
  });
});
