import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { toUserError, UserError } from '../src/errors.js';
import { describeError } from '../src/i18n/index.js';
import { temporaryDatabase } from './helpers/store.js';

describe('toUserError', () => {
  it('knows a full disk when SQLite meets one', () => {
    const sqlite = new Database(temporaryDatabase());
    sqlite.exec('create table t (text)');
    sqlite.pragma('max_page_count = 2');
    let problem: UserError | undefined;
    try {
      sqlite.prepare('insert into t values (?)').run('x'.repeat(100_000));
    } catch (error) {
      problem = toUserError(error);
    }
    sqlite.close();
    expect(problem?.key).toBe('disk_full');
  });

  it('takes what is not meant for people for a bug', () => {
    expect(toUserError(new TypeError('x is not a function'))).toBeUndefined();
    expect(toUserError('a string')).toBeUndefined();
  });
});

it('every error is a sentence with its figures', () => {
  expect(describeError(new UserError('corpus_too_small', { have: 3, need: 1_000 }))).toMatch(
    /3 characters.*1000/,
  );
  expect(describeError(new UserError('guild_only', {}))).toMatch(/^This works only in a server/);
});
