import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { UserError } from '../../errors.js';
import type { Traces } from '../../store/members.js';
import type { Store } from '../../store/open.js';
import { EVERYWHERE } from '../../store/privacy.js';
import type { MessageRow } from '../../store/schema.js';
import type { Who } from './choices.js';

/** Everything that is kept of a member, as a file. */
export interface MemberExport {
  name: string;
  bytes: Uint8Array;
  /** How many messages are in the file, which are the newest, and how many are stored. */
  messages: number;
  stored: number;
}

/** What a file may have, and how much text is taken up to begin with: packed, it is a fraction of that. */
export interface ExportLimits {
  fileBytes: number;
  textLength: number;
}

/** A little less than Discord takes in one request. */
const LIMITS: ExportLimits = { fileBytes: 10 * 2 ** 20 - 2 ** 16, textLength: 64 * 2 ** 20 };
const PAGE = 1_000;
/** A file that is too large is cut to what should fit, and a little more. */
const MARGIN = 0.95;

const pack = promisify(gzip);

/** Makes files of what is kept of a member: one after the other, so that however many ask, memory holds one. */
export function createExporting(parts: { store: Store; now: () => number; limits?: ExportLimits }) {
  const { store, now, limits = LIMITS } = parts;
  const underway = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function write({ guildId, memberId, everywhere }: Who): Promise<MemberExport> {
    const scope = everywhere ? undefined : guildId;
    const kept = (await store.members.kept(memberId)).filter(
      (each) => everywhere || each.guildId === guildId,
    );
    const lines: string[] = [];
    let length = 0;
    // Where it was asked for comes first, in case not all have room.
    for (const each of kept.sort((a, b) => Number(b.guildId === guildId) - Number(a.guildId === guildId))) {
      for await (const line of messageLines(memberId, each.guildId)) {
        if (length > limits.textLength) break;
        lines.push(line);
        length += line.length;
      }
    }
    const about = {
      member: memberId,
      exported_at: time(now()),
      scope: scope === undefined ? 'all servers' : `server ${scope}`,
      ...described(await store.members.traces(memberId, scope), memberId, scope),
    };
    const stored = kept.reduce((sum, { messages }) => sum + messages, 0);
    return { ...(await fitting(about, lines, limits.fileBytes)), stored };
  }

  async function* messageLines(memberId: string, guildId: string): AsyncGenerator<string> {
    let before = { created_at: Number.MAX_SAFE_INTEGER, id: '' };
    for (;;) {
      const page = await store.members.page(memberId, guildId, before, PAGE);
      yield* page.map((row) => `  ${JSON.stringify(toMessage(row))}`);
      const oldest = page.at(-1);
      if (oldest === undefined || page.length < PAGE) return;
      before = oldest;
      await nextTurn();
    }
  }

  return {
    /** @throws UserError export_underway while the same member's last one is not finished */
    async exportMember(who: Who): Promise<MemberExport> {
      const { memberId } = who;
      if (underway.has(memberId)) throw new UserError('export_underway', {});
      underway.add(memberId);
      const written = last.then(() => write(who)).finally(() => underway.delete(memberId));
      last = written.catch(() => {});
      return written;
    },
  };
}

/** The file with as many of the messages, the first ones, as it has room for; packed if that is needed. */
async function fitting(about: object, lines: string[], limit: number): Promise<Omit<MemberExport, 'stored'>> {
  for (let messages = lines.length; ;) {
    const plain = assemble(about, lines.slice(0, messages));
    if (plain.length <= limit) return { name: 'privacy-export.json', bytes: plain, messages };
    const packed = await pack(plain);
    if (packed.length <= limit || messages === 0) {
      return { name: 'privacy-export.json.gz', bytes: packed, messages };
    }
    messages = Math.floor(((messages * limit) / packed.length) * MARGIN);
  }
}

/** One object, with each message on a line of its own. */
function assemble(about: object, lines: string[]): Buffer {
  const head = JSON.stringify(about, null, 1).replace(/\n\}$/, '');
  return Buffer.from(`${head},\n "messages": [\n${lines.join(',\n')}\n ]\n}\n`);
}

function toMessage(row: MessageRow) {
  return {
    id: row.id,
    server: row.guild_id,
    channel: row.channel_id,
    thread: row.thread_id ?? undefined,
    answers: row.reply_to_id ?? undefined,
    written_at: time(row.created_at),
    edited_at: row.edited_at === 0 ? undefined : time(row.edited_at),
    stored_at: time(row.stored_at),
    text: row.content,
  };
}

/** What is kept besides messages, without what it says of other people. */
function described(traces: Traces, memberId: string, scope: string | undefined) {
  const inScope = (guildId: string) => scope === undefined || [scope, EVERYWHERE].includes(guildId);
  return {
    choices: traces.privacy
      .filter(({ guild_id }) => inScope(guild_id))
      .map(({ guild_id, imitation, collecting, forgotten_at, changed_at }) => ({
        server: guild_id === EVERYWHERE ? 'all servers' : guild_id,
        imitation: imitation === 1,
        collecting,
        forgotten_at: forgotten_at === null ? null : time(forgotten_at),
        changed_at: time(changed_at),
      })),
    texts: traces.generations.map((row) => ({
      server: row.guild_id,
      kind: row.kind,
      asked_by_you: row.member_id === memberId,
      prompt: row.author_id === memberId ? row.prompt : undefined,
      text: row.text,
      written_at: time(row.created_at),
    })),
    votes: traces.votes.map(({ guild_id, generation_id, vote, created_at }) => ({
      server: guild_id,
      text: generation_id,
      vote,
      at: time(created_at),
    })),
    flags: traces.flags.map((row) => ({
      server: row.guild_id,
      message: row.id,
      place: row.channel_id,
      text: row.content,
      state: row.state,
      action: row.action,
      times: row.times,
      flagged_at: time(row.created_at),
    })),
    verdicts: traces.labels.map(({ guild_id, message_id, content, label, created_at }) => ({
      server: guild_id,
      message: message_id,
      text: content,
      verdict: label,
      at: time(created_at),
    })),
    moderation: traces.actions.map(({ guild_id, message_id, kind, content, until, created_at }) => ({
      server: guild_id,
      message: message_id,
      action: kind,
      text: content,
      until: until === null ? undefined : time(until),
      at: time(created_at),
    })),
  };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
