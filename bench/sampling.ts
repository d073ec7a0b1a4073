import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { END, PLACE, REPLY, SOMEONE } from '../src/corpus/transcript.js';
import { sotuWorld } from '../src/playground/sotu.js';
import { encodeCheckpoint, type Checkpoint } from '../src/rnn/checkpoint.js';
import { initialize } from '../src/rnn/initial.js';
import { chooseKernel, defaultThreads } from '../src/rnn/kernel/choose.js';
import { layoutOf, type Shape } from '../src/rnn/kernel/layout.js';
import { createWriter } from '../src/rnn/sampling.js';
import { buildVocabulary } from '../src/rnn/vocabulary.js';
import { PUBLIC } from '../src/store/messages.js';
import { openStore } from '../src/store/open.js';
import { createSampler, type Sampler } from '../src/training/sampling-client.js';
import type { WriteRequest } from '../src/training/writing.js';
import { trainingStarter } from '../src/training/training-client.js';

/** One figure, and what it should be. */
export interface Row {
  what: string;
  value: number;
  unit: 'characters/s' | 'ms';
  goal?: { atLeast: number } | { atMost: number };
}

const HIDDEN = 512;
const GUILD = '1';
const LENGTH = 200;
const REQUEST = {
  guildId: GUILD,
  version: 1,
  temperature: 0.8,
  topP: 1,
  guard: { blocked: [], takenBack: [], maxVerbatim: 40 },
};
const PROMPT_CHARACTERS = 100;
const REQUESTS = 200;
/** How late timers are is sampled this often. */
const RESOLUTION_MS = 5;

/** Measures sampling: its speed alone, then what people feel of it while a training runs. Takes about a minute. */
export async function run(): Promise<Row[]> {
  const messages = sotuWorld().messages.map(({ content }) => content);
  const checkpoint = untrained(messages);
  return [...speed(checkpoint), ...(await besideTraining(messages, checkpoint))];
}

/** A network of the size in question that knows letters' frequencies alone: numbers cost the same whatever they are. */
function untrained(messages: string[]): Checkpoint {
  const vocabulary = buildVocabulary([PLACE + END + REPLY + SOMEONE, ...messages]);
  const shape: Shape = { cell: 'lstm', vocabulary: vocabulary.size, hidden: HIDDEN, layers: 1 };
  const layout = layoutOf(shape);
  const parameters = new Float32Array(layout.size);
  initialize(parameters, layout, vocabulary.encode(messages.slice(0, 500).join(END)), 1);
  return { shape, vocabulary, parameters, metadata: {} };
}

function speed(checkpoint: Checkpoint): Row[] {
  const { kernel } = chooseKernel(undefined);
  return [1, 8].map((rows) => {
    const writer = createWriter(kernel, checkpoint, rows);
    let written = 0;
    for (let seed = 0; seed < rows; seed++)
      writer.begin({ prompt: '', temperature: 0.8, seed }, (piece) => (written += [...piece].length) > 0);
    // The best of several short runs: whatever else runs on the machine can only slow one down.
    let best = 0;
    for (let attempt = 0; attempt < 20; attempt++) {
      written = 0;
      const start = performance.now();
      for (let step = 0; step < 500; step++) writer.step();
      best = Math.max(best, (written / (performance.now() - start)) * 1_000);
    }
    return {
      what: `${kernel.engine}, hidden ${HIDDEN}, ${rows} ${rows === 1 ? 'text' : 'texts at once'}`,
      value: best,
      unit: 'characters/s',
      ...(rows === 1 && { goal: { atLeast: 10_000 } }),
    };
  });
}

/** The real workers, in this process, as the bot runs them. */
async function besideTraining(messages: string[], checkpoint: Checkpoint): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'charlatan-bench-'));
  const databasePath = join(folder, 'bench.sqlite');
  const bytes = encodeCheckpoint(checkpoint);
  const sampler = createSampler(
    async () => bytes,
    { engine: undefined, databasePath },
    pino({ level: 'silent' }),
  );
  try {
    await fill(databasePath, messages);
    let begun = () => {};
    const running = new Promise<void>((resolve) => (begun = resolve));
    const training = trainingStarter({
      databasePath,
      engine: undefined,
      threads: defaultThreads,
      maxSpeakerShare: 1,
    })(
      {
        guildId: GUILD,
        audience: PUBLIC,
        budgetMs: 3_600_000,
        seed: 1,
        corpusUntil: Infinity,
        fresh: false,
        trainedMs: 0,
        curve: [],
      },
      { onProgress: () => begun(), onState: async () => {} },
    );
    await Promise.race([running, training.finished]);
    await sampler.write(asked('', 0)); // the worker starts and loads its model
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const single = await latencies(sampler, messages, 1);
    const together = await latencies(sampler, messages, 4);
    delay.disable();
    training.stop();
    await training.finished;
    const text = '/continue, 200 characters, while a training runs';
    return [
      { what: `${text}: median`, value: quantile(single, 0.5), unit: 'ms' },
      { what: `${text}: p99`, value: quantile(single, 0.99), unit: 'ms', goal: { atMost: 250 } },
      { what: `${text}, 4 at once: median`, value: quantile(together, 0.5), unit: 'ms' },
      { what: `${text}, 4 at once: p99`, value: quantile(together, 0.99), unit: 'ms', goal: { atMost: 250 } },
      {
        what: "the main thread's event-loop delay meanwhile: p99",
        value: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
        unit: 'ms',
        goal: { atMost: 20 },
      },
    ];
  } finally {
    await sampler.close();
    rmSync(folder, { recursive: true });
  }
}

async function fill(databasePath: string, messages: string[]): Promise<void> {
  const store = await openStore(databasePath, 'read-write');
  await store.channels.setCollecting({ id: '10', guildId: GUILD }, true, 0);
  await store.intake.take(
    messages.map((content, index) => ({
      id: String(index),
      guild_id: GUILD,
      channel_id: '10',
      thread_id: null,
      author_id: String(index % 5),
      content,
      characters: [...content].length,
      reply_to_id: null,
      created_at: index * 60_000,
    })),
    0,
  );
  await store.close();
}

/** Milliseconds that each of many requests took, so many asked at the same time, with pauses between. */
async function latencies(sampler: Sampler, messages: string[], atOnce: number): Promise<number[]> {
  const taken: number[] = [];
  for (let done = 0; done < REQUESTS; done += atOnce) {
    const requests = Array.from({ length: atOnce }, async (_, index) => {
      const seed = done + index;
      // In words that nobody put so: after a message's own, its next character would be a copy.
      const prompt = messages[seed].slice(0, PROMPT_CHARACTERS).split(' ').reverse().join(' ');
      const start = performance.now();
      await sampler.write(asked(prompt, seed));
      taken.push(performance.now() - start);
    });
    await Promise.all(requests);
    await wait(10 + (done % 7) * 10);
  }
  return taken;
}

function asked(prompt: string, seed: number): WriteRequest {
  return { ...REQUEST, wanted: { kind: 'continuation', prompt, length: LENGTH }, seed };
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { what, value, unit, goal } of await run()) {
    const wanted =
      goal === undefined
        ? ''
        : 'atLeast' in goal
          ? `  (goal: at least ${goal.atLeast})`
          : `  (goal: at most ${goal.atMost})`;
    console.log(`${what}  ${value.toFixed(unit === 'ms' ? 1 : 0)} ${unit}${wanted}`);
  }
}
