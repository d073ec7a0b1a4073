import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { openPlayground } from '../src/playground/opening.js';
import { type Exchange, PersonError, sotuWorld, startPlayground } from '../src/playground/index.js';
import { decimals, table } from './table.js';

const flags = new Command('bench:load')
  .description(
    'Asks the bot, in a process of its own, for very many texts at once, as Discord would deliver them.',
  )
  .option('--requests <number>', 'how many', '1000')
  .option('--minutes <number>', 'how long the model is trained before', '0.5')
  .parse()
  .opts<{ requests: string; minutes: string }>();

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
const ADMIN = 'Ada (admin)';
const CHANNELS = 10;
const REQUESTS = Number(flags.requests);
const CHARACTERS = 200;
/** Who was acknowledged too late gets no answer at all. */
const GIVE_UP_MS = 60_000;
const LOOK_MS = 100;
const HEAD = [
  'limits',
  'written',
  'refused',
  'no answer',
  'late',
  'ack p50, ms',
  'p99',
  'longest',
  'all answered, s',
  'resident, MB',
  'alive after',
];
let askedAt = 0;

const folder = mkdtempSync(join(tmpdir(), 'charlatan-bench-'));
/** When the bot acknowledged, in order, and how many came too late or were refused by Discord's rules. */
const acknowledged: number[] = [];
let late = 0;
const playground = await startPlayground({ world: crowd(), now: Date.now, onExchange: watch });
try {
  const rows = [
    await underLoad('as installed', {}),
    await underLoad('without limits', {
      WRITES_PER_CHANNEL: String(REQUESTS),
      WRITES_OPEN: String(REQUESTS),
    }),
  ];
  console.log(`${REQUESTS} /continue of ${CHARACTERS} characters at once, in ${CHANNELS} channels\n`);
  console.log(table(HEAD, rows));
} finally {
  await playground.close();
  rmSync(folder, { recursive: true });
}

/** One bot, its model, the rush, and what it left behind. */
async function underLoad(name: string, limits: Record<string, string>): Promise<string[]> {
  const bot = startBot(limits);
  let log = '';
  bot.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  try {
    await connected();
    if (!isText(await ask(0))) await train();
    const before = residentMb(bot);
    const { answers, ms } = await rush(REQUESTS);
    const after = residentMb(bot);
    const acks = [...acknowledged].sort((a, b) => a - b);
    const tooLate = late;
    const silent = answers.filter((content) => content === '').length;
    const written = answers.filter(isText).length;
    const isAlive = isText(await ask(REQUESTS, 'lounge')) && !log.includes('connection to Discord broke');
    return [
      name,
      String(written),
      String(answers.length - written - silent),
      String(silent),
      String(tooLate),
      decimals(percentile(acks, 0.5), 0),
      decimals(percentile(acks, 0.99), 0),
      decimals(acks[acks.length - 1], 0),
      decimals(ms / 1_000, 1),
      `${before} → ${after}`,
      isAlive ? 'yes' : 'no',
    ];
  } finally {
    bot.kill();
    await once(bot, 'exit');
  }
}

/** Everybody asks in the same moment; resolves when everybody has their answer. */
async function rush(requests: number): Promise<{ answers: string[]; ms: number }> {
  acknowledged.length = 0;
  late = 0;
  askedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: requests }, (_, index) => ask(index)));
  return { answers, ms: performance.now() - askedAt };
}

async function ask(visitor: number, channel = `room-${visitor % CHANNELS}`): Promise<string> {
  const options = { prompt: `My fellow citizens, number ${visitor}`, length: CHARACTERS };
  const answer = playground.person(`Visitor ${visitor}`).command(channel, 'continue', options);
  // Looking now and then costs less than a thousand listeners to every event.
  for (const giveUpAt = performance.now() + GIVE_UP_MS; performance.now() < giveUpAt; await sleep(LOOK_MS)) {
    const content = answer.message()?.content ?? '';
    if (isText(content) || isRefusal(content)) return content;
  }
  return '';
}

function isText(content: string): boolean {
  return content.includes('seed');
}

function isRefusal(content: string): boolean {
  return content.includes('again') || content.includes('not learned');
}

/** Resolves when the bot has told its commands. */
async function connected(): Promise<void> {
  for (;;) {
    try {
      await ask(0);
      return;
    } catch (error) {
      if (!(error instanceof PersonError)) throw error;
      await sleep(100);
    }
  }
}

async function train(): Promise<void> {
  await openPlayground(playground, { admin: ADMIN, channel: 'lounge', minutes: Number(flags.minutes) });
  for (let visitor = 1; !isText(await ask(visitor)); visitor++) await sleep(3_000);
}

/** The presidents' server with a thousand visitors more, and channels for them to crowd in. */
function crowd() {
  const world = sotuWorld();
  world.people.push(...Array.from({ length: REQUESTS + 1 }, (_, index) => ({ name: `Visitor ${index}` })));
  const rooms = Array.from({ length: CHANNELS }, (_, index) => ({ name: `room-${index}`, topic: '' }));
  world.channels.push(...rooms);
  return world;
}

function startBot(limits: Record<string, string>) {
  return spawn(process.execPath, [MAIN], {
    // Not the repository: a developer's own .env must not reach the bench.
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: playground.token,
      DISCORD_API_URL: playground.apiUrl,
      DATABASE_PATH: join(folder, 'bench.sqlite'),
      TRAINING_PERMISSION: 'granted',
      LOG_LEVEL: 'warn',
      ...limits,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function residentMb({ pid }: ChildProcess): string {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return decimals((pages * 4_096) / 1e6, 0);
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Discord takes the first answer within three seconds, and refuses it after that. */
function watch({ path, status }: Exchange): void {
  if (!path.endsWith('/callback')) return;
  acknowledged.push(performance.now() - askedAt);
  if (status >= 400) late += 1;
}
