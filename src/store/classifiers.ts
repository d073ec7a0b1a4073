import type { Kysely } from 'kysely';
import type { ClassifierReport, ModelName, Task } from '../classifier/tasks.js';
import type { ClassifierRow, Schema } from './schema.js';

export type ClassifierStore = ReturnType<typeof classifierStore>;

export interface ClassifierSummary extends ModelName {
  report: ClassifierReport;
  createdAt: number;
}

/** How many versions of a guild's classifier are kept. */
const KEPT = 5;
const STARTER = { guild_id: '', version: 0 };

/** The live classifier of a guild is its newest version; before it has one, the starter. */
export function classifierStore(db: Kysely<Schema>) {
  const summaries = (task: Task) =>
    db
      .selectFrom('classifiers')
      .select(['guild_id', 'task', 'version', 'report', 'created_at'])
      .where('task', '=', task)
      .orderBy('version', 'desc');

  return {
    async live(guildId: string, task: Task): Promise<ClassifierSummary | undefined> {
      // The starter's version is 0, below every version of a guild.
      const row = await summaries(task).where('guild_id', 'in', [guildId, '']).limit(1).executeTakeFirst();
      return row && toSummary(row);
    },

    /** The starter, if there is one, and the kept versions of a guild, oldest first. */
    async versions(guildId: string, task: Task): Promise<ClassifierSummary[]> {
      const rows = await summaries(task).where('guild_id', 'in', [guildId, '']).execute();
      return rows.map(toSummary).reverse();
    },

    async model({ guildId, task, version }: ModelName): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('classifiers')
        .select('model')
        .where('guild_id', '=', guildId)
        .where('task', '=', task)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.model;
    },

    /** Makes a classifier live and drops the oldest versions, in one transaction; resolves with its version. */
    async promote(classifier: {
      guildId: string;
      task: Task;
      model: Uint8Array;
      report: ClassifierReport;
      createdAt: number;
    }): Promise<number> {
      const { guildId, task, model, report, createdAt } = classifier;
      return db.transaction().execute(async (transaction) => {
        const newest = await transaction
          .selectFrom('classifiers')
          .select('version')
          .where('guild_id', '=', guildId)
          .where('task', '=', task)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst();
        const version = (newest?.version ?? 0) + 1;
        await transaction
          .insertInto('classifiers')
          .values({
            guild_id: guildId,
            task,
            version,
            model,
            report: JSON.stringify(report),
            created_at: createdAt,
          })
          .execute();
        await transaction
          .deleteFrom('classifiers')
          .where('guild_id', '=', guildId)
          .where('task', '=', task)
          .where('version', '<=', version - KEPT)
          .execute();
        return version;
      });
    },

    /** Puts the starter of a task in place of the one before. */
    async putStarter(
      task: Task,
      model: Uint8Array,
      report: ClassifierReport,
      createdAt: number,
    ): Promise<void> {
      const row = { ...STARTER, task, model, report: JSON.stringify(report), created_at: createdAt };
      await db
        .insertInto('classifiers')
        .values(row)
        .onConflict((conflict) => conflict.columns(['guild_id', 'task', 'version']).doUpdateSet(row))
        .execute();
    },
  };
}

function toSummary(row: Omit<ClassifierRow, 'model'>): ClassifierSummary {
  return {
    guildId: row.guild_id,
    task: row.task,
    version: row.version,
    report: JSON.parse(row.report) as ClassifierReport,
    createdAt: row.created_at,
  };
}
