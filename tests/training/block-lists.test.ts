import { expect, test } from 'vitest';
import { createBlockLists } from '../../src/training/block-lists.js';

test('a block list is made once, until other words are on it', () => {
  const lists = createBlockLists();
  const first = lists.of('1', ['fool', 'oaf']);
  expect(lists.of('1', ['fool', 'oaf'])).toBe(first);
  const longer = lists.of('1', ['fool', 'oaf', 'dolt']);
  expect(first.matches('dolt')).toBe(false);
  expect(longer.matches('dolt')).toBe(true);
  expect(lists.of('1', ['fool', 'oak', 'dolt']).matches('oaf')).toBe(false);
});

test('every server has its own; those asked about longest ago are dropped', () => {
  const lists = createBlockLists(2);
  const [first, second] = [lists.of('1', ['fool']), lists.of('2', ['oaf'])];
  expect(lists.of('1', ['fool'])).toBe(first);
  lists.of('3', []);
  expect(lists.of('1', ['fool'])).toBe(first);
  expect(lists.of('2', ['oaf'])).not.toBe(second);
});
