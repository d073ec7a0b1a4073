import type { Database } from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { migrations } from '../../migrations/index.js';
import { type ActionStore, actionStore } from './actions.js';
import { type AudienceStore, audienceStore } from './audiences.js';
import { type BackfillStore, backfillStore } from './backfills.js';
import { type BacktestStore, backtestStore } from './backtests.js';
import { type ChannelStore, channelStore } from './channels.js';
import { type CorpusKeys, createCipher } from './cipher.js';
import { type ClassifierStore, classifierStore } from './classifiers.js';
import { checkKeys } from './corpus-keys.js';
import { type DebtStore, debtStore } from './debts.js';
import { type ErasureStore, erasureStore } from './erasure.js';
import { type FeedbackStore, feedbackStore } from './feedback.js';
import { type FlagStore, flagStore } from './flags.js';
import { type GenerationStore, generationStore } from './generations.js';
import { type GuildStore, guildStore } from './guilds.js';
import { type IntakeStore, intakeStore } from './intake.js';
import { type LabelStore, labelStore } from './labels.js';
import { type MemberStore, memberStore } from './members.js';
import { type MessageStore, messageStore } from './messages.js';
import { type ModelStore, modelStore } from './models.js';
import { type ModerationStore, moderationStore } from './moderation.js';
import { type OmissionStore, omissionStore } from './omissions.js';
import { type PrivacyStore, privacyStore } from './privacy.js';
import { type RekeyingStore, rekeyingStore } from './rekeying.js';
import type { Schema } from './schema.js';
import {
  connect,
  explain,
  hasTable,
  type OpeningMode,
  refuseForeignHistory,
  withStatements,
} from './sqlite.js';
import { type TalkStore, talkStore } from './talk.js';
import { type TallyStore, tallyStore } from './tallies.js';
import { type TrainingSettingsStore, trainingSettingsStore } from './training-settings.js';
import { type TrainingStore, trainingStore } from './trainings.js';
import { type Upkeep, upkeepOf } from './upkeep.js';
import { type WithdrawalStore, withdrawalStore } from './withdrawals.js';

export interface Store {
  readonly channels: ChannelStore;
  readonly audiences: AudienceStore;
  readonly intake: IntakeStore;
  readonly backfills: BackfillStore;
  readonly messages: MessageStore;
  readonly omissions: OmissionStore;
  readonly tallies: TallyStore;
  readonly members: MemberStore;
  readonly guilds: GuildStore;
  readonly erasure: ErasureStore;
  readonly withdrawals: WithdrawalStore;
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
  readonly rekeying: RekeyingStore;
  readonly upkeep: Upkeep;
  close(): Promise<void>;
}

/**
 * Opens the database and brings it up to date; a read-only opening only reads.
 * @throws UserError database_locked, database_newer, database_gap, database_unusable, disk_full, corpus_key_missing or
 *   corpus_key_wrong
 */
export async function openStore(path: string, mode: OpeningMode, keys: CorpusKeys = {}): Promise<Store> {
  const sqlite = connect(path, mode);
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: withStatements(sqlite) }) });
  const cipher = createCipher(keys);
  try {
    if (mode !== 'read-only') await migrate(sqlite, path);
    // A database that is only read may be from before there were any.
    if (hasTable(sqlite, 'facts')) await checkKeys(db, cipher, path, mode !== 'read-only');
  } catch (error) {
    sqlite.close();
    throw explain(error, path);
  }
  const upkeep = upkeepOf(sqlite);
  return {
    channels: channelStore(db),
    audiences: audienceStore(db),
    intake: intakeStore(db, cipher),
    backfills: backfillStore(db),
    messages: messageStore(db, cipher),
    omissions: omissionStore(db),
    tallies: tallyStore(db),
    members: memberStore(db, cipher),
    guilds: guildStore(db),
    erasure: erasureStore(db, upkeep),
    withdrawals: withdrawalStore(db),
    debts: debtStore(db),
    models: modelStore(db),
    trainings: trainingStore(db),
    trainingSettings: trainingSettingsStore(db),
    generations: generationStore(db, cipher),
    moderation: moderationStore(db),
    backtests: backtestStore(db),
    flags: flagStore(db, cipher),
    labels: labelStore(db, cipher),
    actions: actionStore(db, cipher),
    classifiers: classifierStore(db),
    feedback: feedbackStore(db),
    privacy: privacyStore(db),
    talk: talkStore(db),
    rekeying: rekeyingStore(db, cipher),
    upkeep,
    async close() {
      // A large erasure may be under way: this waits behind it.
      while (sqlite.inTransaction) await db.selectFrom('facts').select('name').limit(1).execute();
      // Kysely closes only what it has used.
      await db.destroy();
      sqlite.close();
    },
  };
}

/** @throws UserError database_newer, database_gap, database_unusable */
async function migrate(sqlite: Database, path: string): Promise<void> {
  refuseForeignHistory(sqlite, path);
  const { error } = await new Migrator({
    db: new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) }),
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error !== undefined) throw explain(error, path);
}
