import { PUBLIC } from '../../store/messages.js';
import type { GuardRules } from '../../corpus/guard.js';
import { UserError } from '../../errors.js';
import type { ModelSummary } from '../../store/models.js';
import type { Store } from '../../store/open.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Debt, GuildDebt } from './debt.js';
import type { TrainingPlan, TrainingStatus } from './overview.js';

/** What people thought of a version's texts. */
export interface Votes {
  version: number;
  up: number;
  down: number;
}

export type VersionOfModel = ModelSummary & {
  votes: Votes | undefined;
  /** At most how many messages it knows that have left the corpus. */
  owes: number;
};

export interface ModelStatus {
  live: VersionOfModel | undefined;
  /** The newest version, where that is not the live one. */
  newest: VersionOfModel | undefined;
  /** Messages that came since the live model. */
  newMessages: number;
  training: TrainingStatus | undefined;
  plan: TrainingPlan;
  debt: GuildDebt;
}

/** Two versions, and what each wrote from the same beginning with the same dice. */
export interface Comparison {
  prompt: string;
  seed: number;
  /** The text is undefined where the guard let none pass. */
  sides: { model: VersionOfModel; text: string | undefined }[];
}

export interface ExportedModel {
  version: number;
  /** Of the file, in bytes. */
  size: number;
  /** Undefined where it is too large to be sent. */
  bytes: Uint8Array | undefined;
}

export type Models = ReturnType<typeof createModels>;

/** What Discord takes as a file from a bot, in bytes. */
const MAX_FILE = 10 * 1024 * 1024;
const COMPARED = { length: 200, temperature: 0.8, topP: 1 };

/** Says what a guild's language models are and how good, and lets one of them take the place of another. */
export function createModels(parts: {
  store: Store;
  sampler: Pick<Sampler, 'write'>;
  training: {
    status: (guildId: string) => Promise<TrainingStatus | undefined>;
    plan: (guildId: string) => Promise<TrainingPlan>;
    debt: Debt;
  };
  /** What must not be said in a guild. */
  guardRules: (guildId: string) => Promise<GuardRules>;
  votes: (guildId: string) => Promise<Votes[]>;
  now: () => number;
  random: () => number;
}) {
  const { store, sampler, training, guardRules, votes, now, random } = parts;

  async function versions(guildId: string): Promise<VersionOfModel[]> {
    const counted = new Map((await votes(guildId)).map((each) => [each.version, each]));
    const owing = await training.debt.byVersion(guildId);
    const models = await store.models.versions(guildId);
    return models.map((model) => ({
      ...model,
      votes: counted.get(model.version),
      owes: owing.get(model.version) ?? 0,
    }));
  }

  /** @throws UserError no_such_version, version_pruned */
  function usable(models: readonly VersionOfModel[], version: number): VersionOfModel {
    const model = models.find((each) => each.version === version);
    if (model === undefined) throw new UserError('no_such_version', { version });
    if (model.pruned) throw new UserError('version_pruned', { version });
    return model;
  }

  return {
    async status(guildId: string): Promise<ModelStatus> {
      const models = await versions(guildId);
      const live = models.find(isLive);
      const newest = models.at(0);
      return {
        live,
        newest: newest === live ? undefined : newest,
        newMessages: await store.messages.countSince(guildId, PUBLIC, live?.corpus_until ?? -1),
        training: await training.status(guildId),
        plan: await training.plan(guildId),
        debt: await training.debt.of(guildId),
      };
    },

    /** Every version, newest first. */
    history: versions,

    /**
     * Lets two versions write from the same beginning with the same dice; of what is not named, the live one and the
     * newest other one.
     * @throws UserError no_such_version, version_pruned, nothing_to_compare, sampling_died
     */
    async compare(
      guildId: string,
      asked: {
        a?: number | undefined;
        b?: number | undefined;
        prompt?: string | undefined;
        seed?: number | undefined;
      },
    ): Promise<Comparison> {
      const models = await versions(guildId);
      const whole = models.filter(({ pruned }) => !pruned);
      const b = asked.b ?? whole.find((model) => isLive(model) && model.version !== asked.a)?.version;
      const a = asked.a ?? whole.find(({ version }) => version !== b)?.version;
      const other = b ?? whole.find(({ version }) => version !== a)?.version;
      if (a === undefined || other === undefined) throw new UserError('nothing_to_compare', {});
      const { prompt = '', seed = Math.floor(random() * 2 ** 31) } = asked;
      const guard = await guardRules(guildId);
      const sides = [usable(models, a), usable(models, other)].map(async (model) => {
        const { length, ...how } = COMPARED;
        const wanted = { kind: 'continuation', prompt, length } as const;
        const request = { guildId, version: model.version, wanted, ...how, seed, guard };
        const written = await sampler.write(request).catch(unlessRefused);
        return { model, text: written?.text };
      });
      return { prompt, seed, sides: await Promise.all(sides) };
    },

    /**
     * Makes an earlier version live: the one that was before the live one, never one that people went back behind, or
     * the one that is named. `to` is as it was before.
     * @throws UserError no_such_version, version_pruned, already_live, nothing_to_roll_back
     */
    async rollBack(
      guildId: string,
      version?: number,
    ): Promise<{ from: VersionOfModel | undefined; to: VersionOfModel }> {
      const models = await versions(guildId);
      const from = models.find(isLive);
      const earlier = models
        .filter(({ state, pruned, live_since }) => state === 'past' && !pruned && live_since !== null)
        .sort((a, b) => (b.live_since ?? 0) - (a.live_since ?? 0));
      const wanted = version ?? earlier.at(0)?.version;
      if (wanted === undefined) throw new UserError('nothing_to_roll_back', {});
      const to = usable(models, wanted);
      if (isLive(to)) throw new UserError('already_live', { version: wanted });
      // A training may have pruned it in the meantime.
      if (!(await store.models.goLive(guildId, wanted, now()))) {
        throw new UserError('version_pruned', { version: wanted });
      }
      return { from, to };
    },

    /** A version's safetensors file; the live one's if none is named. @throws UserError no_model, no_such_version, version_pruned */
    async exportModel(guildId: string, version?: number): Promise<ExportedModel> {
      const models = await versions(guildId);
      const wanted = version ?? models.find(isLive)?.version;
      if (wanted === undefined) throw new UserError('no_model', {});
      usable(models, wanted);
      const bytes = await store.models.checkpoint(guildId, wanted);
      if (bytes === undefined) throw new UserError('version_pruned', { version: wanted });
      const size = bytes.byteLength;
      return { version: wanted, size, bytes: size <= MAX_FILE ? bytes : undefined };
    },
  };
}

function isLive({ state }: ModelSummary): boolean {
  return state === 'live';
}

function unlessRefused(error: unknown): undefined {
  if (error instanceof UserError && error.key === 'guard_refused') return undefined;
  throw error;
}
