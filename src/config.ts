import { Cron } from 'croner';
import { z } from 'zod';
import { UserError } from './errors.js';
import type { FairUseLimits } from './services/fair-use.js';
import type { CorpusKeys } from './store/cipher.js';
import { defaultThreads, type Engine, engines } from './rnn/kernel/choose.js';

/** Everything that can be set from outside, with its default. The README's table of settings follows this order. */
const Environment = z.object({
  DISCORD_TOKEN: z.string().trim().min(1, 'must not be empty').optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .default('https://discord.com/api'),
  DATABASE_PATH: z.string().min(1, 'must name a file').default('data/charlatan.sqlite'),
  TRAINING_PERMISSION: z.enum(['granted', 'none'], { error: 'must be granted or none' }).default('none'),
  CORPUS_KEY: corpusKey(),
  CORPUS_KEY_PREVIOUS: corpusKey(),
  HISTORY_MESSAGES: wholeNumber(0, 1_000_000).default(10_000),
  MAX_SPEAKER_SHARE: decimal(0.01, 1).default(0.5),
  ERASURE_DEADLINE_HOURS: decimal(1, 720).default(72),
  KEEP_LEFT_DAYS: wholeNumber(0, 365).default(30),
  PRIVACY_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  RETRAIN_CRON: z
    .string()
    .refine(isCron, 'must be a cron pattern such as "0 4 * * *", or off')
    .default('0 4 * * *'),
  RETRAIN_MIN_MESSAGES: wholeNumber(1, 10_000_000).default(200),
  RETRAIN_MINUTES: decimal(0.05, 1_440).default(10),
  KEEP_MODELS: wholeNumber(1, 1_000).default(10),
  TRAIN_THREADS: wholeNumber(1, 1_024).default(defaultThreads),
  ENGINE: z.enum(engines, { error: 'must be native, wasm or js' }).optional(),
  WRITES_PER_USER: wholeNumber(1, 1_000).default(10),
  WRITES_PER_CHANNEL: wholeNumber(1, 10_000).default(40),
  WRITES_WINDOW_SECONDS: wholeNumber(1, 3_600).default(30),
  WRITES_OPEN: wholeNumber(1, 10_000).default(128),
  PLAYGROUND_PORT: wholeNumber(0, 65_535).default(8700),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
});

export interface Config {
  /** Undefined without a token: then there is no Discord to connect to. */
  readonly discord: { readonly token: string; readonly apiUrl: string } | undefined;
  readonly databasePath: string;
  readonly trainingPermitted: boolean;
  /** What seals message texts in the database, and what sealed them before; 32 bytes each. Undefined leaves them plain. */
  readonly corpusKey: Uint8Array | undefined;
  readonly previousCorpusKey: Uint8Array | undefined;
  readonly historyMessages: number;
  /** What one person's messages may have of the training text, at most. */
  readonly maxSpeakerShare: number;
  /** How long a model may know messages that have left the corpus. */
  readonly erasureDeadlineHours: number;
  /** How long the data of a server is kept that the bot has left. */
  readonly keepLeftDays: number;
  /** The operator's own page about privacy. */
  readonly privacyUrl: string | undefined;
  /** A cron pattern, or undefined when periodic retraining is off. */
  readonly retrainCron: string | undefined;
  readonly retrainMinMessages: number;
  readonly retrainMinutes: number;
  /** How many versions of a server's model that were live keep their weights, besides the live one, and how many that never were. */
  readonly keepModels: number;
  readonly trainThreads: number;
  /** Undefined takes the best one that works. */
  readonly engine: Engine | undefined;
  readonly fairUse: Readonly<FairUseLimits>;
  readonly playgroundPort: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** The keys to a database's texts. */
export function keysOf({ corpusKey, previousCorpusKey }: Config): CorpusKeys {
  return { current: corpusKey, previous: previousCorpusKey };
}

/**
 * Reads the settings; an empty value counts as absent.
 * @throws UserError config_invalid with every problem at once, each by name and with its fix.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = Environment.safeParse(Object.fromEntries(present));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new UserError('config_invalid', { problems });
  }
  const settings = parsed.data;
  return Object.freeze({
    discord:
      settings.DISCORD_TOKEN === undefined
        ? undefined
        : Object.freeze({ token: settings.DISCORD_TOKEN, apiUrl: withoutVersion(settings.DISCORD_API_URL) }),
    databasePath: settings.DATABASE_PATH,
    trainingPermitted: settings.TRAINING_PERMISSION === 'granted',
    corpusKey: settings.CORPUS_KEY,
    previousCorpusKey: settings.CORPUS_KEY_PREVIOUS,
    historyMessages: settings.HISTORY_MESSAGES,
    maxSpeakerShare: settings.MAX_SPEAKER_SHARE,
    erasureDeadlineHours: settings.ERASURE_DEADLINE_HOURS,
    keepLeftDays: settings.KEEP_LEFT_DAYS,
    privacyUrl: settings.PRIVACY_URL,
    retrainCron: settings.RETRAIN_CRON === 'off' ? undefined : settings.RETRAIN_CRON,
    retrainMinMessages: settings.RETRAIN_MIN_MESSAGES,
    retrainMinutes: settings.RETRAIN_MINUTES,
    keepModels: settings.KEEP_MODELS,
    trainThreads: settings.TRAIN_THREADS,
    engine: settings.ENGINE,
    fairUse: Object.freeze({
      perUser: settings.WRITES_PER_USER,
      perChannel: settings.WRITES_PER_CHANNEL,
      windowSeconds: settings.WRITES_WINDOW_SECONDS,
      maxOpen: settings.WRITES_OPEN,
    }),
    playgroundPort: settings.PLAYGROUND_PORT,
    logLevel: settings.LOG_LEVEL,
  });
}

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
}

/** 32 bytes, as 64 hexadecimal digits or in base64. */
function corpusKey() {
  return z
    .string()
    .trim()
    .transform((text) => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
    .refine((bytes) => bytes.length === 32, 'must be 32 random bytes in base64: openssl rand -base64 32')
    .optional();
}

function decimal(min: number, max: number) {
  const error = `must be a number from ${min} to ${max}`;
  return z.coerce.number({ error }).min(min, error).max(max, error);
}

function isCron(pattern: string): boolean {
  if (pattern === 'off') return true;
  try {
    new Cron(pattern, { paused: true }).stop();
    return true;
  } catch {
    return false;
  }
}

/** discord.js appends /v10 by itself, so both .../api and .../api/v10 are welcome. */
function withoutVersion(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/v\d+$/, '');
}
