import type { World } from '../../src/playground/index.js';
import { plainMessages } from './training.js';

/** A small guild: an admin, a moderator, members; a channel with history enough for seconds of training, a quiet one, a closed one. */
export function smallWorld(): World {
  return {
    guild: 'Test guild',
    bot: 'Charlatan',
    people: [
      { name: 'Ada', admin: true, switchable: true },
      { name: 'Max', switchable: true },
      { name: 'Eve' },
      { name: 'Mia', moderator: true, switchable: true },
    ],
    channels: [
      { name: 'general', topic: 'Everything' },
      { name: 'lounge', topic: 'Quiet' },
      { name: 'moderators', topic: 'Among us', moderatorsOnly: true },
    ],
    messages: plainMessages(150, 60).map(({ content, author_id }, index) => ({
      author: author_id === '0' ? 'Max' : 'Eve',
      channel: 'general',
      content,
      at: Date.UTC(2024, 5, 1) + index * 60_000,
    })),
  };
}
