import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { migrations } from '../../migrations/index.js';
import { isUserError, UserError } from '../errors.js';
import { type ActionStore, actionStore } from './actions.js';
import { type AudienceStore, audienceStore } from './audiences.js';
import { type BacktestStore, backtestStore } from './backtests.js';
import { type ChannelStore, channelStore } from './channels.js';
import { type ClassifierStore, classifierStore } from './classifiers.js';
import { type DebtStore, debtStore } from './debts.js';
import { type ErasureStore, erasureStore } from './erasure.js';
import { type FeedbackStore, feedbackStore } from './feedback.js';
import { type FlagStore, flagStore } from './flags.js';
import { type GenerationStore, generationStore } from './generations.js';
import { type IntakeStore, intakeStore } from './intake.js';
import { type LabelStore, labelStore } from './labels.js';
import { type MessageStore, messageStore } from './messages.js';
import { type ModelStore, modelStore } from './models.js';
import { type ModerationStore, moderationStore } from './moderation.js';
import { type PrivacyStore, privacyStore } from './privacy.js';
import type { Schema } from './schema.js';
import { type TalkStore, talkStore } from './talk.js';
import { type TrainingSettingsStore, trainingSettingsStore } from './training-settings.js';
import { type TrainingStore, trainingStore } from './trainings.js';

export interface Store {
  readonly channels: ChannelStore;
  readonly audiences: AudienceStore;
  readonly intake: IntakeStore;
  readonly messages: MessageStore;
  readonly erasure: ErasureStore;
  readonly debts: DebtStore;
  readonly models: ModelStore;
  readonly trainings: TrainingStore;
  readonly trainingSettings: TrainingSettingsStore;
  readonly generations: GenerationStore;
  readonly moderation: ModerationStore;
  readonly backtests: BacktestStore;
  readonly flags: FlagStore;
  readonly labels: LabelStore;
  readonly actions: ActionStore;
  readonly classifiers: ClassifierStore;
  readonly feedback: FeedbackStore;
  readonly privacy: PrivacyStore;
  readonly talk: TalkStore;
  close(): Promise<void>;
}

/** How long a statement waits for another writer before it gives up. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the database and brings it up to date; a read-only opening only reads.
 * @throws UserError database_locked, database_newer, database_gap, database_unusable or disk_full.
 */
export async function openStore(path: string, mode: 'read-write' | 'read-only'): Promise<Store> {
  const sqlite = connect(path, mode);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    if (mode === 'read-write') {
      refuseForeignHistory(sqlite, path);
      const { error } = await new Migrator({
        db,
        provider: { getMigrations: async () => migrations },
      }).migrateToLatest();
      if (error !== undefined) throw explain(error, path);
    }
  } catch (error) {
    await db.destroy();
    throw explain(error, path);
  }
  return {
    channels: channelStore(db),
    audiences: audienceStore(db),
    intake: intakeStore(db),
    messages: messageStore(db),
    erasure: erasureStore(db),
    debts: debtStore(db),
    models: modelStore(db),
    trainings: trainingStore(db),
    trainingSettings: trainingSettingsStore(db),
    generations: generationStore(db),
    moderation: moderationStore(db),
    backtests: backtestStore(db),
    flags: flagStore(db),
    labels: labelStore(db),
    actions: actionStore(db),
    classifiers: classifierStore(db),
    feedback: feedbackStore(db),
    privacy: privacyStore(db),
    talk: talkStore(db),
    close: () => db.destroy(),
  };
}

function connect(path: string, mode: 'read-write' | 'read-only'): Database.Database {
  try {
    if (mode === 'read-write') mkdirSync(dirname(path), { recursive: true });
    const sqlite = new Database(path, { readonly: mode === 'read-only', timeout: BUSY_TIMEOUT_MS });
    if (mode === 'read-write') {
      sqlite.pragma('journal_mode = WAL');
      sqlite.pragma('synchronous = NORMAL');
    }
    sqlite.pragma('foreign_keys = ON');
    return sqlite;
  } catch (error) {
    throw explain(error, path);
  }
}

/** A database with a migration we do not know, or with a hole before one it has, is not ours to change. */
function refuseForeignHistory(sqlite: Database.Database, path: string): void {
  const known = Object.keys(migrations);
  const hasHistory = sqlite.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
  if (hasHistory === undefined) return;
  const applied = sqlite.prepare('select name from kysely_migration order by name').pluck().all() as string[];
  const newer = applied.find((name) => !known.includes(name));
  if (newer !== undefined) throw new UserError('database_newer', { path, migration: newer });
  const gap = known.slice(0, applied.length).find((name) => !applied.includes(name));
  if (gap !== undefined) throw new UserError('database_gap', { path, migration: gap });
}

function explain(error: unknown, path: string): Error {
  if (isUserError(error)) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  const code = 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new UserError('database_locked', { path });
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new UserError('disk_full', {});
  return new UserError('database_unusable', { path, reason: error.message });
}
