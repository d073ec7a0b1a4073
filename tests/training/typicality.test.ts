import { describe, expect, it } from 'vitest';
import { typicality } from '../../src/training/typicality.js';

const scored = (bitsPerCharacter: number, characters = 10) => ({ characters, bitsPerCharacter });
/** 1 to `count` bits per character. */
const messages = (count: number, characters = 10) =>
  Array.from({ length: count }, (_, index) => scored(index + 1, characters));

describe('typicality', () => {
  it('is the share of messages that surprise more, equals counting half', () => {
    expect(typicality(scored(0), messages(50))).toBe(1);
    expect(typicality(scored(10.5), messages(50))).toBe(40 / 50);
    expect(typicality(scored(10), messages(50))).toBe(40.5 / 50);
    expect(typicality(scored(99), messages(50))).toBe(0);
    expect(
      typicality(
        scored(3),
        Array.from({ length: 50 }, () => scored(3)),
      ),
    ).toBe(0.5);
  });

  it('is taken among the hundred messages nearest in length', () => {
    const short = messages(100, 12); // all harder than 0.5
    const long = Array.from({ length: 100 }, () => scored(0.1, 200));
    expect(typicality(scored(0.5, 10), [...long, ...short])).toBe(1);
    expect(typicality(scored(0.5, 150), [...long, ...short])).toBe(0);
  });

  it('is unknown of nothing, or among fewer than thirty', () => {
    expect(typicality(scored(0, 0), messages(50))).toBeUndefined();
    expect(typicality(scored(1), messages(29))).toBeUndefined();
    expect(typicality(scored(1), messages(30))).toBeDefined();
  });
});
