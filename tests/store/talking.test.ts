import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { GenerationRow } from '../../src/store/schema.js';
import { migrateTo, temporaryDatabase, temporaryStore } from '../helpers/store.js';

describe('texts', () => {
  it('from before this version stay what they were: continuations without a seed', async () => {
    const path = temporaryDatabase();
    await migrateTo('0002_moderation', path);
    const database = new Database(path);
    database
      .prepare('insert into generations values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run('old', '1', 3, 'the', ' end', 4, 0.8, 5);
    database.close();
    const store = await temporaryStore(path);
    expect(await store.generations.find('old', '1')).toEqual({
      ...generation('old', 5),
      model_version: 3,
      prompt: 'the',
      text: ' end',
      top_p: 1,
      seed: null,
      member_id: null,
      author_id: null,
      channel_id: null,
    });
  });

  it('are found by the message they stand in, and are forgotten with time', async () => {
    const store = await temporaryStore();
    await store.generations.add(generation('a', 1));
    await store.generations.add(generation('b', 2));
    await store.generations.place('a', '77');
    expect(await store.generations.inMessages(['76', '77'])).toMatchObject([{ id: 'a', message_id: '77' }]);
    await store.generations.forget(2);
    expect(await store.generations.inMessages(['77'])).toEqual([]);
    expect(await store.generations.find('b', '1')).toBeDefined();
    expect(await store.generations.find('b', '2')).toBeUndefined();
  });

  it('are found by the message that they went on with', async () => {
    const store = await temporaryStore();
    await store.generations.add({ ...generation('a', 1), kind: 'message', source_id: '5' });
    await store.generations.add(generation('b', 1));
    expect(await store.generations.goingOnWith(['5', '6'])).toMatchObject([{ id: 'a' }]);
    await store.generations.remove('a');
    expect(await store.generations.find('a', '1')).toBeUndefined();
    expect(await store.generations.find('b', '1')).toBeDefined();
  });

  it("know a member's own prompts, the newest first, each once", async () => {
    const store = await temporaryStore();
    const prompts = ['one', 'two', 'one', 'three'];
    for (const [index, prompt] of prompts.entries()) {
      await store.generations.add({ ...generation(String(index), index), prompt });
    }
    await store.generations.add({ ...generation('m', 9), kind: 'more', prompt: 'one and on' });
    await store.generations.add({ ...generation('o', 9), member_id: '200', prompt: "somebody else's" });
    expect(await store.generations.prompts('1', '100', 10)).toEqual(['three', 'one', 'two']);
    expect(await store.generations.prompts('1', '100', 1)).toEqual(['three']);
  });
});

describe('votes', () => {
  it('count once a person, the last one, by version, when the text is long forgotten', async () => {
    const store = await temporaryStore();
    const vote = { generation_id: 'a', member_id: '1', guild_id: '1', model_version: 2, created_at: 1 };
    await store.feedback.put({ ...vote, vote: 1 });
    await store.feedback.put({ ...vote, vote: -1 });
    await store.feedback.put({ ...vote, vote: 1, member_id: '2' });
    await store.feedback.put({ ...vote, vote: 1, generation_id: 'b', model_version: 3 });
    await store.feedback.put({ ...vote, vote: 1, generation_id: 'c', guild_id: '9' });
    await store.generations.forget(Infinity);
    expect(await store.feedback.of('a', '1')).toBe(-1);
    expect(await store.feedback.byVersion('1')).toEqual([
      { version: 3, up: 1, down: 0 },
      { version: 2, up: 1, down: 1 },
    ]);
    await store.feedback.remove('a', '1');
    expect(await store.feedback.of('a', '1')).toBeUndefined();
  });

  it('that take a text back are remembered by its key, the newest', async () => {
    const store = await temporaryStore();
    const text = { guild_id: '1', moderator_id: '8' };
    await store.feedback.takeBack({ ...text, content_key: 'a', created_at: 1 });
    await store.feedback.takeBack({ ...text, content_key: 'b', created_at: 2 });
    await store.feedback.takeBack({ ...text, content_key: 'a', created_at: 3, moderator_id: null });
    expect(await store.feedback.takenBack('1', 10)).toEqual(['b', 'a']);
    expect(await store.feedback.takenBack('1', 1)).toEqual(['b']);
    expect(await store.feedback.takenBack('2', 10)).toEqual([]);
  });

  it('can be forgiven, one or the newest', async () => {
    const { feedback } = await temporaryStore();
    const text = { guild_id: '1', moderator_id: '8' };
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
      await feedback.takeBack({ ...text, content_key: key, created_at: index });
    }
    await feedback.takeBack({ ...text, guild_id: '2', content_key: 'd', created_at: 9 });
    expect(await feedback.giveBack('1', ['a'])).toBe(true);
    expect(await feedback.giveBack('1', ['a'])).toBe(false);
    expect(await feedback.giveBackNewest('1', 2)).toBe(2);
    expect(await feedback.takenBack('1', 10)).toEqual(['b']);
    expect(await feedback.giveBackNewest('1', 5)).toBe(1);
    expect(await feedback.giveBackNewest('1', 5)).toBe(0);
    expect(await feedback.takenBack('2', 10)).toEqual(['d']);
  });
});

describe('settings of talking', () => {
  it('are one row a guild, a place, a word and a member', async () => {
    const { talk, privacy } = await temporaryStore();
    await talk.save({ guild_id: '1', max_verbatim: 60, changed_at: 1 });
    await talk.save({ guild_id: '1', max_verbatim: null, changed_at: 2 });
    expect(await talk.settings()).toEqual([{ guild_id: '1', max_verbatim: null, changed_at: 2 }]);
    const place = { id: '10', guild_id: '1', changed_at: 1 };
    await talk.changePlace({ ...place, quiet_until: 9 });
    expect(await talk.places()).toEqual([{ ...place, chance: null, quiet_until: 9 }]);
    expect(await talk.changePlace({ ...place, chance: 5 })).toEqual({ ...place, chance: 5, quiet_until: 9 });
    const word = { guild_id: '1', word: 'x', added_by: '8', created_at: 1 };
    await talk.block(word);
    await talk.block({ ...word, created_at: 2 });
    expect(await talk.blocked()).toEqual([word]);
    await talk.unblock('1', 'x');
    expect(await talk.blocked()).toEqual([]);
    await privacy.change({ guild_id: '1', member_id: '2', imitation: 1, changed_at: 1 });
    await privacy.change({ guild_id: '1', member_id: '2', imitation: 0, changed_at: 2 });
    expect(await privacy.find('1', '2')).toMatchObject({ imitation: 0 });
    expect(await privacy.find('2', '2')).toBeUndefined();
  });
});

function generation(id: string, created_at: number): GenerationRow {
  return {
    id,
    guild_id: '1',
    kind: 'continue',
    model_version: 1,
    version_given: 0,
    prompt: 'a',
    text: 'b',
    length: 4,
    temperature: 0.8,
    top_p: 0.95,
    seed: 1,
    member_id: '100',
    channel_id: '10',
    message_id: null,
    source_id: null,
    author_id: '100',
    created_at,
  };
}
