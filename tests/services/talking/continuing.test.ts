import { describe, expect, it } from 'vitest';
import { stringsFor } from '../../../src/i18n/index.js';
import { continuationMessage, draftMessage } from '../../../src/services/talking/continuation-message.js';
import type { Continuation } from '../../../src/services/talking/continuing.js';
import { incoming, talkingSet } from '../../helpers/talking.js';

const MAX = { guildId: '1', audience: 'public', channelId: '10', memberId: '100' };
const ASKED = { ...MAX, prompt: 'a', length: 5 };

describe('continuing', () => {
  it('needs a model', async () => {
    const { continuing } = await talkingSet();
    await expect(continuing.continueText(ASKED)).rejects.toMatchObject({ key: 'no_model' });
  });

  it('asks the live model, and draws a seed when none is given', async () => {
    const { continuing, promote, asked } = await talkingSet();
    await promote();
    await promote();
    const drawn = await continuing.continueText(ASKED);
    expect(drawn).toMatchObject({ prompt: 'a', text: '[a]', version: 2, seed: 2 ** 30 }); // half of 2^31
    await continuing.continueText({ ...ASKED, seed: 7 });
    expect(asked.map(({ seed }) => seed)).toEqual([2 ** 30, 7]);
  });

  it('writes normally, or in a style, or as it is set by hand', async () => {
    const { continuing, promote, asked } = await talkingSet();
    await promote();
    await continuing.continueText(ASKED);
    await continuing.continueText({ ...ASKED, style: 'wild' });
    await continuing.continueText({ ...ASKED, style: 'calm', topP: 1 });
    await continuing.continueText({ ...ASKED, temperature: 2 });
    expect(asked.map(({ temperature, topP }) => [temperature, topP])).toEqual([
      [0.8, 0.95],
      [1.2, 1],
      [0.5, 1],
      [2, 0.95],
    ]);
  });

  it('writes with an older version if that is asked for, as long as it can still write', async () => {
    const { continuing, promote, asked } = await talkingSet();
    await promote();
    await promote(new Uint8Array());
    await promote();
    await continuing.continueText({ ...ASKED, version: 1 });
    await expect(continuing.continueText({ ...ASKED, version: 2 })).rejects.toMatchObject({
      key: 'version_gone',
      params: { version: 2, versions: [3, 1] },
    });
    const { id } = await continuing.continueText({ ...ASKED, version: 1 });
    await continuing.again(id, MAX);
    await continuing.more(id, MAX);
    expect(asked.map(({ version }) => version)).toEqual([1, 1, 1, 1]);
  });

  it('again repeats the prompt and the settings, more goes on after the text', async () => {
    const { continuing, promote, asked } = await talkingSet();
    await promote();
    const first = await continuing.continueText({ ...ASKED, temperature: 0.5, topP: 0.7 });
    const again = await continuing.again(first.id, MAX);
    const more = await continuing.more(again.id, MAX);
    const moreAgain = await continuing.again(more.id, MAX);
    const evenMore = await continuing.more(moreAgain.id, MAX);
    const wanted = (prompt: string) => ({ kind: 'continuation', prompt, length: 5 });
    expect(asked.map((request) => request.wanted)).toEqual([
      wanted('a'),
      wanted('a'),
      wanted('a[a]'),
      wanted('a[a]'),
      wanted('a[a][a[a]]'),
    ]);
    expect(asked.every(({ temperature, topP }) => temperature === 0.5 && topP === 0.7)).toBe(true);
    expect(more).toMatchObject({ prompt: '', text: '[a[a]]' });
    expect(evenMore.prompt).toBe('');
  });

  it('goes on with a message of a person, until that message is deleted', async () => {
    const { continuing, promote, asked, voting } = await talkingSet();
    await promote();
    const { id } = await continuing.continueMessage(incoming('5', ' so it begins\n'), MAX);
    const more = await continuing.more(id, MAX);
    expect(asked[0].wanted).toMatchObject({ prompt: 'so it begins', length: 200 });
    await voting.removed(['5'], false);
    for (const gone of [id, more.id]) {
      await expect(continuing.again(gone, MAX)).rejects.toMatchObject({ key: 'generation_gone' });
    }
    await expect(continuing.continueMessage(incoming('6', '  '), MAX)).rejects.toMatchObject({
      key: 'nothing_to_continue',
    });
  });

  it('goes on with its own message as More does: without what stands around the text', async () => {
    const { continuing, composing, promote, asked } = await talkingSet();
    await promote();
    const { id } = await continuing.continueText(ASKED);
    await composing.placed(id, '77');
    await continuing.continueMessage(incoming('77', '**a**[a]\n-# seed 1', { fromPerson: false }), MAX);
    expect(asked[1].wanted).toMatchObject({ prompt: 'a[a]' });
  });

  it('does not go on with an imitation, which would lose its label', async () => {
    const { continuing, composing, imitating, privacy, promote } = await talkingSet();
    await promote();
    await privacy.setImitation('1', '100', true);
    const member = { id: '100', name: 'Max', isBot: false };
    const { id } = await imitating.imitate({ ...MAX, member, opening: 'well' });
    await composing.placed(id, '77');
    const own = incoming('77', '🎭 …', { fromPerson: false });
    await expect(continuing.continueMessage(own, MAX)).rejects.toMatchObject({ key: 'imitation_ends' });
  });

  it('gives a text to its own server only, and forgets it after thirty days', async () => {
    const { continuing, composing, promote, clock } = await talkingSet();
    await promote();
    const { id } = await continuing.continueText(ASKED);
    await expect(continuing.again(id, { ...MAX, guildId: '2' })).rejects.toMatchObject({
      key: 'generation_gone',
    });
    clock.now += 30 * 24 * 3_600_000 + 1;
    await composing.forgetOld();
    await expect(continuing.again(id, MAX)).rejects.toMatchObject({ key: 'generation_gone' });
  });

  it("suggests a member's own prompts: those that begin so, then those that have it in them", async () => {
    const { continuing, promote } = await talkingSet();
    await promote();
    for (const prompt of ['Once more', 'at once', 'once upon', 'never']) {
      await continuing.continueText({ ...ASKED, prompt });
    }
    await continuing.continueText({ ...ASKED, memberId: '200', prompt: 'once, said another' });
    await continuing.continueMessage(incoming('5', 'once in a message'), MAX);
    const suggested = await continuing.suggestions('1', '100', 'ONCE');
    expect(new Set(suggested.slice(0, 2))).toEqual(new Set(['once upon', 'Once more']));
    expect(suggested.slice(2)).toEqual(['at once']);
    expect(await continuing.suggestions('1', '100', '')).toHaveLength(4);
  });

  it('keeps to the rules of the server', async () => {
    const { continuing, promote, asked, talk } = await talkingSet();
    await promote();
    await talk.block('1', 'Bad  Word', '8');
    await continuing.continueText(ASKED);
    expect(asked[0].guard).toEqual({ blocked: ['bad word'], takenBack: [], maxVerbatim: 40 });
  });
});

describe('a text that is being written', () => {
  it('is shown as it grows, and keeps what is written when its asker or a moderator stops it', async () => {
    const { continuing, composing, promote, hold, letGoOn } = await talkingSet(() => 'long');
    await promote();
    hold();
    const drafts: { id: string; prompt: string; text: string }[] = [];
    let writing = Promise.resolve<Continuation | undefined>(undefined);
    const begun = () =>
      new Promise<string>((resolve) => {
        writing = continuing.continueText(ASKED, (draft) => {
          drafts.push(draft);
          resolve(draft.id);
        });
      });
    const stop = (id: string, memberId: string, isModerator = false, guildId = '1') =>
      composing.stop(id, { guildId, memberId, isModerator });

    const first = await begun();
    expect(drafts).toEqual([{ id: first, prompt: 'a', text: 'l' }]);
    expect(() => stop(first, '200')).toThrow(expect.objectContaining({ key: 'not_yours' }));
    expect(stop(first, '200', true, '2')).toBe(false);
    expect(stop(first, '100')).toBe(true);
    expect(await writing).toMatchObject({ id: first, text: 'l', stopped: true });
    expect(stop(first, '100')).toBe(false);

    const second = await begun();
    expect(stop(second, '200', true)).toBe(true);
    expect(await writing).toMatchObject({ id: second, stopped: true });
    letGoOn();
    expect(await continuing.again(first, MAX)).toMatchObject({ text: 'long', stopped: false });
  });
});

describe('the message of a continuation', () => {
  const continuation: Continuation = {
    id: 'x',
    prompt: 'hello',
    text: ' world',
    seed: 7,
    version: 3,
    temperature: 0.8,
    topP: 0.95,
    stopped: false,
  };
  const shown = (changes: Partial<Continuation>) =>
    continuationMessage({ ...continuation, ...changes }, stringsFor('en'));

  it('has the prompt in bold, the text, and what it takes to have it again', () => {
    expect(shown({})).toBe('**hello** world\n-# seed 7 · temperature 0.8 · top_p 0.95 · model version 3');
    expect(shown({ stopped: true })).toContain('\n-# stopped · seed 7');
    expect(shown({ prompt: '' })).toMatch(/^… world\n/);
    expect(draftMessage(continuation)).toBe('**hello** world');
  });

  it('has nothing in the prompt that formats, links or mentions', () => {
    const prompt = '**@everyone** <@1> https://x.example\n# big';
    expect(shown({ prompt })).toMatch(
      /^\*\*\\\*\\\*\\@everyone\\\*\\\* \\<\\@1\\> https\\:\\\/\\\/x\.example\n\\# big\*\* world/,
    );
    expect(shown({ text: '**bold**' })).toMatch(/^\*\*hello\*\*\u2060\*\*bold\*\*\n/);
  });

  it.each([
    ['what needs most escapes', '*'.repeat(400)],
    ['emoji', '🙂'.repeat(200)],
    ['lines', 'ab\n'.repeat(133)],
  ])('is never too long, and the prompt never cut: %s', async (_, prompt) => {
    const { continuing, promote } = await talkingSet(() => '🙂'.repeat(1_500));
    await promote();
    const written = await continuing.continueText({ ...ASKED, prompt, length: 1_500 });
    for (const locale of ['en', 'ko'] as const) {
      const message = continuationMessage({ ...written, seed: 2 ** 31 - 1 }, stringsFor(locale));
      expect(message.length).toBeLessThanOrEqual(2_000);
      expect(message.replaceAll('\\', '')).toContain(`**${prompt}**`);
    }
    expect(written.text.isWellFormed()).toBe(true);
  });

  it('shows only the end of a long message that it goes on with', async () => {
    const { continuing, promote, asked } = await talkingSet(() => 'x'.repeat(200));
    await promote();
    const message = incoming('5', `begin ${'*'.repeat(1_990)}end`);
    const written = await continuing.continueMessage(message, MAX);
    const content = continuationMessage(written, stringsFor('en'));
    expect(asked[0].wanted).toMatchObject({ prompt: message.content });
    expect(content).toMatch(/^\*\*…(\\\*){397}end\*\*x{200}\n/);
  });
});
