import { countCharacters } from '../src/corpus/clean.js';
import { hash } from '../src/rnn/random.js';
import type { NewMessage } from '../src/store/intake.js';

export const GUILD = '900000000000000001';
export const CHANNELS = Array.from({ length: 12 }, (_, index) =>
  String(1_100_000_000_000_000_000n + BigInt(index)),
);

const AUTHORS = 2_000;
const THREADS = 400;
const START = Date.UTC(2024, 0, 1);
const YEAR_MS = 365 * 86_400_000;
const DISCORD_EPOCH = 1_420_070_400_000;

/** When the message of this share of the year was written. */
export function timeAt(share: number): number {
  return Math.floor(START + share * YEAR_MS);
}

/** A year's messages of a busy server, in the order of their times: few channels and people write most of them. */
export function* messagesOf(texts: readonly string[], count: number, seed = 1): Generator<NewMessage> {
  for (let index = 0; index < count; index++) {
    const draw = (what: number) => hash(seed, index * 8 + what) / 2 ** 32;
    const channel = Math.floor(draw(0) ** 2 * CHANNELS.length);
    const thread = Math.floor((draw(1) * THREADS) / CHANNELS.length) * CHANNELS.length + channel;
    const createdAt = timeAt(index / count);
    const content = texts[Math.floor(draw(2) * texts.length)];
    yield {
      id: snowflake(createdAt, index),
      guild_id: GUILD,
      channel_id: CHANNELS[channel],
      thread_id: draw(3) < 0.2 ? String(1_200_000_000_000_000_000n + BigInt(thread)) : null,
      author_id: authorOf(Math.floor(draw(4) ** 3 * AUTHORS)),
      content,
      characters: countCharacters(content),
      reply_to_id: draw(5) < 0.15 ? snowflake(createdAt - 60_000, index) : null,
      created_at: createdAt,
    };
  }
}

export function authorOf(index: number): string {
  return String(1_000_000_000_000_000_000n + BigInt(index));
}

function snowflake(time: number, index: number): string {
  return String((BigInt(time - DISCORD_EPOCH) << 22n) + BigInt(index % 4_096));
}
