import { expect } from 'vitest';
import continueCommand from '../../commands/continue.js';
import continueThis from '../../commands/continue-this.js';
import corpus from '../../commands/corpus.js';
import imitate from '../../commands/imitate.js';
import neverLearnThis from '../../commands/never-learn-this.js';
import predict from '../../commands/predict.js';
import privacy from '../../commands/privacy.js';
import replyInCharacter from '../../commands/reply-in-character.js';
import talk from '../../commands/talk.js';
import { createConversations } from '../../src/discord/conversations.js';
import { listen } from '../../src/discord/events.js';
import type { Collecting } from '../../src/services/collecting.js';
import type { Services } from '../../src/services/index.js';
import type { Conversations } from '../../src/services/talking/conversations.js';
import type { WriteRequest } from '../../src/training/writing.js';
import { answeringClient, silent } from './client.js';
import { hasOpenApi, violations } from './openapi.js';
import { talkingSet } from './talking.js';

const COMMANDS = [
  continueCommand,
  continueThis,
  corpus,
  imitate,
  neverLearnThis,
  predict,
  privacy,
  replyInCharacter,
  talk,
];
const nothing = async () => {};

export const isWritten = (content: string) => content !== '';

/** The commands over a real client, a real database and a network that is not there. */
export async function talkingClient(says?: (request: WriteRequest) => string) {
  const edge: { port?: Conversations } = {};
  const late = new Proxy({} as Conversations, {
    get: (_target, name: keyof Conversations) => edge.port?.[name],
  });
  const all = await talkingSet(says, late);
  const services = { ...all, pictures: { prediction: async () => Uint8Array.of(1) } };
  const { client, playground, exchanges, problems } = await answeringClient(
    COMMANDS,
    services as object as Services,
  );
  edge.port = createConversations(client);
  const { guild } = playground;
  const lounge = guild.channelNamed('lounge').id;
  const memberId = (name: string) => playground.person(name).id;
  await all.promote(undefined, guild.id);
  const collecting = { received: nothing, edited: nothing, removed: nothing } as Partial<Collecting>;
  listen(client, collecting as Collecting, silent, undefined, {
    received: all.replying.received,
    removed: all.voting.removed,
  });
  const person = (name: string) => ({
    ...playground.person(name),
    sees: (id: string) => guild.messagesIn(lounge, memberId(name)).some((each) => each.id === id),
  });
  return {
    ...all,
    client,
    playground,
    exchanges,
    problems,
    person,
    memberId,
    lounge,
    guildId: guild.id,
    ask: (who: string, command: string, options = {}) =>
      person(who).command('lounge', command, options).until(isWritten),
    use: (who: string, command: string, id: string) =>
      person(who).use(command, 'lounge', id).until(isWritten),
    press: (who: string, { id }: { id: string }, button: string) =>
      person(who).click('lounge', id, button).until(isWritten),
    /** Where a text stands is noted just after it was sent. */
    placed: (id: string) => expect.poll(() => all.store.generations.inMessages([id])).toHaveLength(1),
    checked: () => hasOpenApi && expect(violations(exchanges)).toEqual([]),
  };
}
