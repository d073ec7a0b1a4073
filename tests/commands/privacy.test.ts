import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import privacyCommand from '../../commands/privacy.js';
import { listen } from '../../src/discord/events.js';
import { LOCALES, stringsFor } from '../../src/i18n/index.js';
import { createCollecting } from '../../src/services/collecting.js';
import { silent } from '../helpers/log.js';
import { isWritten, talkingClient } from '../helpers/talking-client.js';

describe('/privacy', () => {
  it('is for everyone, and answers only the one who asks', () => {
    const { allow, actions } = privacyCommand;
    expect(allow).toBe('everyone');
    if (actions.kind !== 'subcommands') throw new Error('expected subcommands');
    for (const action of Object.values(actions.subcommands)) {
      expect(action).toMatchObject({ reply: 'private' });
      expect(action.allow).toBeUndefined();
    }
  });

  it('opt-out: what comes after it is not stored', async () => {
    const { ask, person, stored, memberId, checked } = await set();
    person('Max').send('lounge', 'before');
    await stored('Max', 1);
    const answer = await ask('Max', 'privacy opt-out');
    expect(answer.flags).toBe(MessageFlags.Ephemeral);
    expect(answer.content).toContain('I no longer collect your messages in this server');
    person('Max').send('lounge', 'after');
    person('Eve').send('lounge', 'of another');
    await stored('Eve', 1);
    await stored('Max', 1);
    const status = (await ask('Max', 'privacy status')).content;
    expect(status).toContain('**Stored here:** 1 message of yours');
    expect(status).toContain('off, as you said for this server');
    expect(status).not.toContain(memberId('Eve'));
    await ask('Max', 'privacy opt-in');
    person('Max').send('lounge', 'once more');
    await stored('Max', 2);
    checked();
  });

  it('forget: asks first, erases, and offers to opt out as well', async () => {
    const { ask, person, press, stored, checked } = await set();
    person('Max').send('lounge', 'to be forgotten');
    person('Eve').send('lounge', 'of another');
    await stored('Max', 1);
    await stored('Eve', 1);
    const kept = await press('Max', await ask('Max', 'privacy forget'), 'Keep');
    expect(kept.content).toBe('Nothing was erased.');
    const question = await ask('Max', 'privacy forget', { everywhere: true });
    expect(question.content).toContain('1 message of yours');
    await stored('Max', 1);
    const isAnswer = (content: string) => content.startsWith('Erased');
    const answer = await person('Max').click('lounge', question.id, 'Erase for good').until(isAnswer);
    expect(answer.content).toContain('Erased in every server: 1 message');
    await stored('Max', 0);
    await stored('Eve', 1);
    const outed = (content: string) => content.includes('no longer collect');
    await person('Max').click('lounge', question.id, 'Also opt out').until(outed);
    person('Max').send('lounge', 'not stored any more');
    person('Eve').send('lounge', 'of another again');
    await stored('Eve', 2);
    await stored('Max', 0);
    checked();
  });

  it('forget: a button in the hands of another erases only what is theirs', async () => {
    const { ask, person, stored, lounge } = await set();
    person('Max').send('lounge', 'stays');
    await stored('Max', 1);
    const { id } = await ask('Max', 'privacy forget');
    const answer = person('Eve').click(lounge, id, 'Erase for good', 'unchecked');
    await answer.until((content) => content.startsWith('Erased'));
    await stored('Max', 1);
  });

  it('export: a JSON file with all of it, for the one who asks', async () => {
    const { ask, person, stored, checked } = await set();
    for (const text of ['one', 'two "quoted"', '셋']) person('Max').send('lounge', text);
    person('Eve').send('lounge', 'of another');
    await stored('Max', 3);
    await stored('Eve', 1);
    const answer = await ask('Max', 'privacy export');
    expect(answer.flags).toBe(MessageFlags.Ephemeral);
    expect(answer.content).toBe('Everything that I keep of you in this server, with 3 messages.');
    const [{ filename, url }] = answer.attachments;
    expect(filename).toBe('privacy-export.json');
    const text = await (await fetch(url)).text();
    expect(text).not.toContain('of another');
    const { messages } = JSON.parse(text) as { messages: { text: string }[] };
    expect(messages.map((message) => message.text)).toEqual(['셋', 'two "quoted"', 'one']);
    checked();
  });

  it('policy: fits one card, in every language', async () => {
    const { ask, person, playground, checked } = await set();
    expect((await person('Max').command('lounge', 'privacy policy').until(hasCard)).embeds).toHaveLength(1);
    playground.person('Max').locale = 'ko';
    const korean = await person('Max').command('lounge', 'privacy policy').until(hasCard);
    expect(JSON.stringify(korean.embeds)).toContain('수집하지 않는 것');
    expect((await ask('Max', 'privacy status')).content).toContain('**수집:**');
    checked();
    for (const locale of LOCALES) {
      const { title, intro, sections } = stringsFor(locale).privacy.policy;
      const url = `https://example.org/${'x'.repeat(100)}`;
      const told = sections({ deadlineHours: 719.5, keepLeftDays: 365, isSealed: true, url });
      for (const section of told) expect(section.text.length).toBeLessThanOrEqual(1_024);
      const texts = [title(), intro(), ...told.flatMap((section) => [section.title, section.text])];
      expect(texts.join('').length).toBeLessThanOrEqual(6_000);
    }
  });
});

describe('/corpus consent', () => {
  it('says whom opt-in concerns before it is switched, and then collects only who allows it', async () => {
    const { ask, person, stored, checked } = await set();
    expect((await ask('Ada', 'corpus consent')).content).toContain('opt-out');
    person('Max').send('lounge', 'before');
    await stored('Max', 1);
    const question = await ask('Ada', 'corpus consent', { mode: 'opt-in' });
    expect(question.content).toContain('1 member with 1 stored message would be affected');
    expect((await ask('Ada', 'corpus consent')).content).toContain('opt-out');
    const isAnswer = (content: string) => content.startsWith('From now on');
    const answer = await person('Ada').click('lounge', question.id, 'Switch to opt-in').until(isAnswer);
    expect(answer.content).toContain('1 message of 1 member who have not said so left the corpus');
    await ask('Eve', 'privacy opt-in');
    person('Max').send('lounge', 'not stored');
    person('Eve').send('lounge', 'stored');
    await stored('Eve', 1);
    await stored('Max', 1);
    expect((await ask('Max', 'privacy status')).content).toContain('this server collects only who allows it');
    expect((await ask('Ada', 'corpus consent', { mode: 'opt-out' })).content).toContain('I collect everyone');
    checked();
  });

  it('is for managers, its buttons too', async () => {
    const { ask, person, lounge } = await set();
    const question = await ask('Ada', 'corpus consent', { mode: 'opt-in' });
    const tricked = person('Max').click(lounge, question.id, 'Switch to opt-in', 'unchecked');
    const isRefusal = (content: string) => content.includes('Manage Server');
    expect((await tricked.until(isRefusal)).content).toBeDefined();
    expect((await ask('Ada', 'corpus consent')).content).toContain('opt-out');
  });
});

describe('"Never learn this"', () => {
  it('erases a message for its author or a moderator, and tells if it was not stored anyway', async () => {
    const { use, person, stored, checked } = await set();
    const { id } = person('Max').send('lounge', 'a slip');
    await stored('Max', 1);
    expect((await use('Eve', 'Never learn this', id)).content).toContain('Only who wrote a message');
    await stored('Max', 1);
    const answer = await use('Mia', 'Never learn this', id);
    expect(answer.flags).toBe(MessageFlags.Ephemeral);
    expect(answer.content).toContain('Erased: I will never learn this message');
    await stored('Max', 0);
    person('Max').edit('lounge', id, 'a slip, edited');
    expect((await use('Max', 'Never learn this', id)).content).toContain('was not stored anyway');
    await stored('Max', 0);
    checked();
  });
});

const hasCard = (_content: string, { embeds }: { embeds: unknown[] }) => embeds.length > 0;

/** A channel that is collected, with everyone in it. */
async function set() {
  const all = await talkingClient();
  const { store, privacy, client, lounge, guildId, memberId, person } = all;
  const collecting = await createCollecting({
    store,
    permitted: true,
    now: () => 0,
    log: silent,
  });
  await collecting.collect({ id: lounge, guildId, audience: 'public' });
  listen(client, collecting, silent);
  return {
    ...all,
    /** Resolves when so many messages of theirs are stored. */
    stored: (who: string, messages: number) =>
      expect.poll(() => privacy.stored(memberId(who), guildId)).toBe(messages),
    ask: (who: string, command: string, options = {}) =>
      person(who).command('lounge', command, options).until(isWritten),
  };
}
