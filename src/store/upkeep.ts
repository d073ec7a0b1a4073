import Database from 'better-sqlite3';

export type Upkeep = ReturnType<typeof upkeepOf>;

/** Pages copied between two breaths of the thread: 4 MiB. */
const BACKUP_PAGES = 1_024;

/** What keeps the database file itself in order. */
export function upkeepOf(sqlite: Database.Database) {
  return {
    /**
     * Works the log into the database and empties it: until then it holds what was erased. False while somebody needs
     * what the log has; then the next time does.
     */
    sweep(): boolean {
      if (!sqlite.open || sqlite.inTransaction) return false;
      const patience = Number(sqlite.pragma('busy_timeout', { simple: true }));
      sqlite.pragma('busy_timeout = 0');
      const busy = sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
      sqlite.pragma(`busy_timeout = ${patience}`);
      return busy === 0;
    },

    /** Writes the whole file anew, so that nothing is left in it of what was erased or replaced. */
    compact(): void {
      sqlite.exec('vacuum');
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    },

    /**
     * Copies the database as it is now, whatever is written meanwhile, to a path where nothing is, and checks the copy:
     * resolves with what is wrong with it, in SQLite's words.
     */
    async copyTo(path: string, onProgress: (fraction: number) => void): Promise<string | undefined> {
      // A reader that has begun sees nothing newer: else every write of somebody else's would start the copy over.
      sqlite.exec('begin');
      try {
        sqlite.prepare('select name from sqlite_master').all();
        await sqlite.backup(path, {
          progress({ totalPages, remainingPages }) {
            if (totalPages > 0) onProgress(1 - remainingPages / totalPages);
            return BACKUP_PAGES;
          },
        });
      } finally {
        sqlite.exec('rollback');
      }
      return problemOf(path);
    },
  };
}

function problemOf(path: string): string | undefined {
  const copy = new Database(path);
  try {
    const found = String(copy.pragma('integrity_check(1)', { simple: true }));
    return found === 'ok' ? undefined : found;
  } finally {
    copy.close();
  }
}
