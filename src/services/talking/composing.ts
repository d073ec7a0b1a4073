import { fit } from '../../corpus/fit.js';
import { UserError } from '../../errors.js';
import type { Store } from '../../store/open.js';
import type { GenerationRow } from '../../store/schema.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Wanted } from '../../training/writing.js';
import type { Style } from './styles.js';
import type { TalkSettings } from './settings.js';

/** Who asks for a text, and where it will stand. */
export interface Asked {
  guildId: string;
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
}

/** A text as it stands so far. */
export interface Draft {
  /** Names the text for its buttons: Stop while it is written, the others afterwards. */
  id: string;
  text: string;
}

export interface Composed extends Draft, Style {
  seed: number;
  version: number;
  /** Whether somebody ended it. */
  stopped: boolean;
}

export type Composing = ReturnType<typeof createComposing>;

/** How long the buttons of a text keep working. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** Has the network write under the server's rules, lets people stop it, and remembers what it wrote. */
export function createComposing(parts: {
  store: Store;
  sampler: Pick<Sampler, 'write'>;
  settings: TalkSettings;
  now: () => number;
  random: () => number;
}) {
  const { store, sampler, settings, now, random } = parts;
  const underway = new Map<string, { asked: Asked; ending: AbortController }>();

  async function forgetOld(): Promise<void> {
    await store.generations.forget(now() - REMEMBERED_MS);
  }

  return {
    /** The version that writes now. @throws UserError no_model */
    async live(guildId: string): Promise<number> {
      const model = await store.models.live(guildId);
      if (model === undefined) throw new UserError('no_model', {});
      return model.version;
    },

    /** @throws UserError no_model, guard_refused, sampling_died */
    async compose(asked: Asked, order: Order, onText: (draft: Draft) => void = () => {}): Promise<Composed> {
      const { guildId, memberId, channelId } = asked;
      const { wanted, style, version, room, kind, prompt, length } = order;
      const id = Math.floor(random() * 2 ** 52).toString(36);
      const seed = order.seed ?? Math.floor(random() * 2 ** 31);
      const ending = new AbortController();
      underway.set(id, { asked, ending });
      try {
        const guard = await settings.rules(guildId);
        const written = await sampler.write(
          { guildId, version, wanted, ...style, seed, guard },
          (soFar) => onText({ id, text: fit(soFar, room) }),
          ending.signal,
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
          message_id: null,
          source_id: order.sourceId ?? null,
          created_at: now(),
        });
        await forgetOld();
        return { id, text, ...style, seed, version, stopped: written.stopped };
      } finally {
        underway.delete(id);
      }
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

    /** Notes which message a text became. */
    placed: (id: string, messageId: string) => store.generations.place(id, messageId),

    /** @throws UserError generation_gone */
    async remembered(id: string, guildId: string): Promise<GenerationRow> {
      const generation = await store.generations.find(id, guildId);
      if (generation === undefined) throw new UserError('generation_gone', {});
      return generation;
    },

    /** Erases the texts whose buttons have stopped working. */
    forgetOld,
  };
}
