import { UserError } from '../errors.js';
import type { GenerationRow } from '../store/schema.js';
import type { Store } from '../store/open.js';
import type { Sampler } from '../training/sampling-client.js';

export interface ContinueRequest {
  guildId: string;
  prompt: string;
  /** Characters to write. */
  length: number;
  temperature: number;
  /** Drawn by chance when absent. */
  seed?: number | undefined;
}

export interface Continuation {
  /** Names the generation for Again and More. */
  id: string;
  prompt: string;
  text: string;
  seed: number;
  version: number;
  temperature: number;
}

export type Continuing = ReturnType<typeof createContinuing>;

/** How long Again and More keep working. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;
/** How much of a text More reads again before it goes on. */
const MORE_CONTEXT = 2_000;

/** Continues texts by sampling from the guild's live model. */
export function createContinuing(parts: {
  store: Store;
  sampler: Sampler;
  now: () => number;
  random: () => number;
}) {
  const { store, sampler, now, random } = parts;

  /** @throws UserError no_model, sampling_died, guard_refused */
  async function continueText(request: ContinueRequest): Promise<Continuation> {
    const { guildId, prompt, length, temperature } = request;
    const model = await store.models.live(guildId);
    if (model === undefined) throw new UserError('no_model', {});
    const seed = request.seed ?? Math.floor(random() * 2 ** 31);
    const { version } = model;
    const { text } = await sampler.write({
      guildId,
      version,
      wanted: { kind: 'continuation', prompt, length },
      temperature,
      topP: 1,
      seed,
      guard: { blocked: [], takenBack: [], maxVerbatim: undefined },
    });
    const id = Math.floor(random() * 2 ** 52).toString(36);
    await store.generations.add(
      { id, guild_id: guildId, model_version: version, prompt, text, length, temperature, created_at: now() },
      now() - REMEMBERED_MS,
    );
    return { id, prompt, text, seed, version, temperature };
  }

  /** @throws UserError generation_gone */
  async function remembered(id: string, guildId: string): Promise<GenerationRow> {
    const generation = await store.generations.find(id, guildId);
    if (generation === undefined) throw new UserError('generation_gone', {});
    return generation;
  }

  return {
    continueText,

    /** The same prompt and settings, with new dice. */
    async again(id: string, guildId: string): Promise<Continuation> {
      const { prompt, length, temperature } = await remembered(id, guildId);
      return continueText({ guildId, prompt, length, temperature });
    },

    /** Goes on where an earlier text ended. */
    async more(id: string, guildId: string): Promise<Continuation> {
      const { prompt, text, length, temperature } = await remembered(id, guildId);
      const context = [...(prompt + text)].slice(-MORE_CONTEXT).join('');
      return continueText({ guildId, prompt: context, length, temperature });
    },
  };
}
