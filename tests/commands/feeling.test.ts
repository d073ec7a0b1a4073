import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import checkSentiment from '../../commands/check-sentiment.js';
import mood from '../../commands/mood.js';
import sentiment from '../../commands/sentiment.js';
import type { Command, Context, OptionValues, Reply } from '../../src/discord/define-command.js';
import type { MoodData } from '../../src/pictures/mood.js';
import type { IncomingMessage } from '../../src/services/collecting.js';
import { createFeeling } from '../../src/services/feeling/feeling.js';
import type { Services } from '../../src/services/index.js';
import { wordCounting } from '../helpers/classifying.js';
import { contextOf } from '../helpers/context.js';
import { message, temporaryStore } from '../helpers/store.js';

const today = Date.UTC(2026, 2, 1);

describe('/sentiment', () => {
  it('answers everyone in private, with the words that mattered marked', async () => {
    const { services, context } = await set();
    expect(sentiment).toMatchObject({ allow: 'everyone', actions: { action: { reply: 'private' } } });
    const { content } = await run(sentiment, services, { text: 'this is good' }, context);
    expect(content).toMatch(/^\*\*Positive\*\*, 67 % sure\n/); // 2 / 3
    expect(content).toContain('> this is __**good**__');
  });
});

describe('"Check sentiment"', () => {
  it('answers moderators in private, about the message', async () => {
    const { services, context } = await set();
    expect(checkSentiment).toMatchObject({ allow: 'moderators', actions: { action: { reply: 'private' } } });
    const { actions } = checkSentiment;
    if (actions.kind !== 'message') throw new Error('expected a message command');
    const { content } = await actions.action.run(services, { content: 'bad' } as IncomingMessage, context);
    expect(content).toMatch(/^\*\*Negative\*\*/);
  });
});

describe('/mood', () => {
  it('answers moderators in private, with a picture and a table', async () => {
    const { services, context, drawn, shown } = await set();
    expect(mood).toMatchObject({ allow: 'moderators', actions: { action: { reply: 'private' } } });
    const reply = await run(
      mood,
      services,
      { channel: { id: '10', guildId: '1', readable: true, writable: true, isPublic: true } },
      context,
    );
    expect(reply.content).toContain('The mood of <#10>, from 6 messages.');
    expect(shown).toEqual(['Reading the mood of <#10>: 6 messages so far …']);
    expect(reply.files?.map(({ name }) => name)).toEqual(['mood.png', 'mood.csv']);
    expect(reply.files?.[0]).toMatchObject({
      bytes: new Uint8Array([42]),
      alt: 'The mood of a channel by day: 33 % negative, 0 % neutral, 67 % positive of 6 messages.', // 2 and 4 of 6
    });
    expect(new TextDecoder().decode(reply.files?.[1].bytes)).toContain(
      '2026-03-01T00:00:00.000Z,6,2,0,4,0.3333',
    );
    // Thirty days unless it is told otherwise.
    expect(drawn).toMatchObject([{ first: today - 29 * 86_400_000, last: today }]);
  });

  it('names the command that collects, when the channel is not collected', async () => {
    const { services, context } = await set();
    const elsewhere = {
      channel: { id: '20', guildId: '1', readable: true, writable: true, isPublic: true },
      days: 1,
    };
    await expect(run(mood, services, elsewhere, context)).rejects.toMatchObject({
      key: 'channel_not_collected',
    });
  });
});

async function run(command: Command, services: Services, options: object, context: Context): Promise<Reply> {
  if (command.actions.kind !== 'single') throw new Error('expected a command without subcommands');
  return command.actions.action.run(services, options as OptionValues<never>, context);
}

async function set() {
  const store = await temporaryStore();
  await store.channels.setCollecting({ id: '10', guildId: '1' }, true, 0);
  await store.intake.take(
    ['good', 'good', 'bad', 'good', 'bad', 'good'].map((content, index) =>
      message(String(index), 0, { content, author_id: String(index), created_at: today + index }),
    ),
    0,
  );
  const feeling = createFeeling({
    store,
    classifying: wordCounting().classifying,
    liveVersion: async () => undefined,
    now: () => today + 1_000,
    log: pino({ level: 'silent' }),
  });
  const drawn: MoodData[] = [];
  const pictures: Services['pictures'] = {
    mood: async (data) => {
      drawn.push(data);
      return new Uint8Array([42]);
    },
    corpus: async () => new Uint8Array(),
    lossCurve: async () => new Uint8Array(),
    prediction: async () => new Uint8Array(),
    spamVersions: async () => new Uint8Array(),
    close: async () => {},
  };
  const shown: string[] = [];
  const context = contextOf({
    guildId: '1',
    channelId: '5',
    userId: '7',
    show: ({ content }) => void shown.push(content),
  });
  return { services: { feeling, pictures } as Services, context, drawn, shown };
}
