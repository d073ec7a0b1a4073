import { fit } from '../../corpus/fit.js';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { GenerationRow } from '../../store/schema.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Wanted } from '../../training/writing.js';
import { type EmojiOf, withEmoji } from './emoji.js';
import { checkVersion, type Readers, versionFor } from '../readers.js';
import type { Style } from './styles.js';
import type { TalkSettings } from './settings.js';

/** Who asks for a text, and where it will stand, before whose eyes. */
export interface Asked extends Readers {
  /** The thread, if it is in one. */
  channelId: string;
  /** Null where nobody asked. */
  memberId: string | null;
}

export interface Order extends Pick<GenerationRow, 'kind' | 'prompt' | 'length'> {
  wanted: Wanted;
  style: Style;
  /** Drawn by chance when absent. */
  seed?: number | undefined;
  version: number;
  /** Whether that version was asked for by its number. */
  versionGiven?: boolean;
  /** UTF-16 units that there is room for. */
  room: number;
  sourceId?: string | undefined;
  /** Whose words it goes on with, or whom it imitates. */
  authorId?: string | undefined;
}

/** A text as it stands so far. */
export interface Draft {
  /** Names the text for its buttons: Stop while it is written, the others afterwards. */
  id: string;
  /** As it is shown, with the guild's emoji. */
  text: string;
}

export interface Composed extends Draft, Style {
  seed: number;
  version: number;
  /** Whether somebody ended it. */
  stopped: boolean;
}

export type Composing = ReturnType<typeof createComposing>;

/** A text that is being written. */
interface Writing {
  asked: Asked;
  ending: AbortController;
  /** Resolves when it is remembered, or given up. */
  end: Promise<unknown>;
  /** Where its drafts are shown, once one is. */
  messageId: string | undefined;
  sourceId: string | undefined;
  authorId: string | undefined;
  isSourceDeleted: boolean;
}

/** How long the buttons of a text keep working. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** Has the network write under the server's rules, lets people stop it, and remembers what it wrote. */
export function createComposing(parts: {
  store: Store;
  sampler: Pick<Sampler, 'write'>;
  settings: TalkSettings;
  emojiOf: EmojiOf;
  now: () => number;
  random: () => number;
}) {
  const { store, sampler, settings, emojiOf, now, random } = parts;
  const underway = new Map<string, Writing>();

  async function forgetOld(): Promise<void> {
    await store.generations.forget(now() - REMEMBERED_MS);
  }

  async function write(
    id: string,
    order: Order,
    writing: Writing,
    onText: (draft: Draft) => void,
  ): Promise<Composed> {
    const { guildId, memberId, channelId } = writing.asked;
    const { wanted, style, version, room, kind, prompt, length } = order;
    await checkVersion(store, writing.asked, version);
    const seed = order.seed ?? Math.floor(random() * 2 ** 31);
    const guard = await settings.rules(guildId);
    const given = wanted.kind === 'message' ? wanted.opening.length : 0;
    // After the guard, which knows emoji by their names, as the network does.
    const shown = (written: string) => withEmoji(fit(written, room), emojiOf(guildId), room, given);
    const written = await sampler.write(
      { guildId, version, wanted, ...style, seed, guard },
      (soFar) => onText({ id, text: shown(soFar) }),
      writing.ending.signal,
    );
    const text = fit(written.text, room);
    await store.generations.add({
      id,
      guild_id: guildId,
      kind,
      model_version: version,
      version_given: order.versionGiven === true ? 1 : 0,
      prompt,
      text,
      length,
      temperature: style.temperature,
      top_p: style.topP,
      seed,
      member_id: memberId,
      channel_id: channelId,
      message_id: writing.messageId ?? null,
      source_id: writing.sourceId ?? null,
      author_id: order.authorId ?? null,
      created_at: now(),
    });
    await forgetOld();
    if (writing.isSourceDeleted) throw new UserError('source_deleted', {});
    return { id, text: shown(text), ...style, seed, version, stopped: written.stopped };
  }

  async function end(
    isMeant: (writing: Writing) => boolean,
    hasLostSource: (writing: Writing) => boolean,
  ): Promise<void> {
    const ended = [...underway.values()].filter(isMeant);
    for (const writing of ended) {
      writing.isSourceDeleted = hasLostSource(writing);
      writing.ending.abort();
    }
    await Promise.all(ended.map(({ end }) => end));
  }

  return {
    /** The version that writes for readers now. @throws UserError no_model */
    live: (readers: Readers): Promise<number> => versionFor(store, readers),

    /** @throws UserError no_model, version_not_here, guard_refused, sampling_died, source_deleted */
    async compose(asked: Asked, order: Order, onText: (draft: Draft) => void = () => {}): Promise<Composed> {
      const id = Math.floor(random() * 2 ** 52).toString(36);
      const writing: Writing = {
        asked,
        ending: new AbortController(),
        end: Promise.resolve(),
        messageId: undefined,
        sourceId: order.sourceId,
        authorId: order.authorId,
        isSourceDeleted: false,
      };
      underway.set(id, writing);
      const written = write(id, order, writing, onText).finally(() => underway.delete(id));
      writing.end = written.catch(() => {});
      return written;
    },

    /**
     * Ends a text early, keeping what is written; false when it is finished already.
     * @throws UserError not_yours unless who asked for it, or a moderator, wants so
     */
    stop(id: string, by: { guildId: string; memberId: string; isModerator: boolean }): boolean {
      const found = underway.get(id);
      if (found === undefined || found.asked.guildId !== by.guildId) return false;
      if (found.asked.memberId !== by.memberId && !by.isModerator) throw new UserError('not_yours', {});
      found.ending.abort();
      return true;
    },

    /** Notes in which message a text stands, or is shown while it is written. */
    async placed(id: string, messageId: string): Promise<void> {
      const writing = underway.get(id);
      if (writing !== undefined) writing.messageId = messageId;
      await store.generations.place(id, messageId);
    },

    /** Ends what is being written in these messages, or goes on with them, now that they are deleted; resolves when it has ended. */
    async abandon(messageIds: string[]): Promise<void> {
      const isIn = (id: string | undefined) => id !== undefined && messageIds.includes(id);
      await end(
        ({ messageId, sourceId }) => isIn(messageId) || isIn(sourceId),
        ({ sourceId }) => isIn(sourceId),
      );
    },

    /** Ends what a member has written, in a guild or in all, and what goes on with words of theirs; resolves when it has ended. */
    async abandonOf(memberId: string, guildId: string | undefined): Promise<void> {
      await end(
        ({ asked, authorId }) =>
          (guildId === undefined || asked.guildId === guildId) &&
          [asked.memberId, authorId].includes(memberId),
        ({ sourceId, authorId }) => sourceId !== undefined && authorId === memberId,
      );
    },

    /** A text, wherever it stands. @throws UserError generation_gone */
    async remembered(id: string, guildId: string): Promise<GenerationRow> {
      const generation = await store.generations.find(id, guildId);
      if (generation === undefined) throw new UserError('generation_gone', {});
      return generation;
    },

    /** Erases the texts whose buttons have stopped working. */
    forgetOld,
  };
}
