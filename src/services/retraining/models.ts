import type { GuardRules } from '../../corpus/guard.js';
import { UserError } from '../../errors.js';
import type { ModelSummary } from '../../store/models.js';
import type { Store } from '../../store/open.js';
import type { Sampler } from '../../training/sampling-client.js';
import type { Debt, GuildDebt } from './debt.js';
import { mayWriteFor, PUBLIC, type Readers, versionFor } from '../readers.js';
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
  /** Of what is written for a class of readers: the channel by which they are named, null where that is not known any more. */
  namedBy: string | null | undefined;
};

/** How the model of some readers stands. */
export interface ReadersStatus {
  live: VersionOfModel | undefined;
  /** The newest version, where that is not the live one. */
  newest: VersionOfModel | undefined;
  /** Messages that came since the live model. */
  newMessages: number;
  training: TrainingStatus | undefined;
}

export interface ModelStatus extends ReadersStatus {
  /** Of classes of readers, each with the channel by which it is named. */
  others: (ReadersStatus & { namedBy: string })[];
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
    status: (readers: Readers) => Promise<TrainingStatus | undefined>;
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
    const named = new Map((await store.audiences.list(guildId)).map((each) => [each.id, each.channel_id]));
    const models = await store.models.versions(guildId);
    return models.map((model) => ({
      ...model,
      votes: counted.get(model.version),
      owes: owing.get(model.version) ?? 0,
      namedBy: model.audience === PUBLIC ? undefined : (named.get(model.audience) ?? null),
    }));
  }

  async function statusOf(readers: Readers, all: readonly VersionOfModel[]): Promise<ReadersStatus> {
    const { guildId, audience } = readers;
    const models = all.filter((model) => model.audience === audience);
    const live = models.find(isLive);
    const newest = models.at(0);
    return {
      live,
      newest: newest === live ? undefined : newest,
      newMessages: await store.messages.countSince(guildId, audience, live?.corpus_until ?? -1),
      training: await training.status(readers),
    };
  }

  return {
    /** How the public model stands, and those of other readers that are to be `told`. */
    async status(guildId: string, told: (audience: string) => boolean): Promise<ModelStatus> {
      const models = await versions(guildId);
      const asked = (await store.audiences.list(guildId)).filter(({ id }) => told(id));
      const others = asked.map(async ({ id, channel_id: namedBy }) => ({
        ...(await statusOf({ guildId, audience: id }, models)),
        namedBy,
      }));
      return {
        ...(await statusOf({ guildId, audience: PUBLIC }, models)),
        others: await Promise.all(others),
        plan: await training.plan(guildId),
        debt: await training.debt.of(guildId, (audience) => audience === PUBLIC || told(audience)),
      };
    },

    /** Every version, newest first. */
    history: versions,

    /**
     * Lets two versions write from the same beginning with the same dice; of what is not named, the one that writes for
     * these readers and the newest other one of the same model.
     * @throws UserError no_such_version, version_pruned, version_not_here, nothing_to_compare, sampling_died
     */
    async compare(
      readers: Readers,
      asked: {
        a?: number | undefined;
        b?: number | undefined;
        prompt?: string | undefined;
        seed?: number | undefined;
      },
    ): Promise<Comparison> {
      const { guildId } = readers;
      const models = await versions(guildId);
      const whole = ownOf(readers, models).filter(({ pruned }) => !pruned);
      const b = asked.b ?? whole.find((model) => isLive(model) && model.version !== asked.a)?.version;
      const a = asked.a ?? whole.find(({ version }) => version !== b)?.version;
      const other = b ?? whole.find(({ version }) => version !== a)?.version;
      if (a === undefined || other === undefined) throw new UserError('nothing_to_compare', {});
      const { prompt = '', seed = Math.floor(random() * 2 ** 31) } = asked;
      const guard = await guardRules(guildId);
      const chosen = [usable(readers, models, a), usable(readers, models, other)];
      const sides = chosen.map(async (model) => {
        const { length, ...how } = COMPARED;
        const wanted = { kind: 'continuation', prompt, length } as const;
        const request = { guildId, version: model.version, wanted, ...how, seed, guard };
        const written = await sampler.write(request).catch(unlessRefused);
        return { model, text: written?.text };
      });
      return { prompt, seed, sides: await Promise.all(sides) };
    },

    /**
     * Makes an earlier version live: the one that was before the one that writes for these readers, never one that people
     * went back behind, or the one that is named. `to` is as it was before.
     * @throws UserError no_such_version, version_pruned, version_not_here, already_live, nothing_to_roll_back
     */
    async rollBack(
      readers: Readers,
      version?: number,
    ): Promise<{ from: VersionOfModel | undefined; to: VersionOfModel }> {
      const { guildId } = readers;
      const models = await versions(guildId);
      const earlier = ownOf(readers, models)
        .filter(({ state, pruned, live_since }) => state === 'past' && !pruned && live_since !== null)
        .sort((a, b) => (b.live_since ?? 0) - (a.live_since ?? 0));
      const wanted = version ?? earlier.at(0)?.version;
      if (wanted === undefined) throw new UserError('nothing_to_roll_back', {});
      const to = usable(readers, models, wanted);
      const from = models.find((model) => isLive(model) && model.audience === to.audience);
      if (isLive(to)) throw new UserError('already_live', { version: wanted });
      // A training may have pruned it in the meantime.
      if (!(await store.models.goLive(guildId, wanted, now()))) {
        throw new UserError('version_pruned', { version: wanted });
      }
      return { from, to };
    },

    /**
     * A version's safetensors file: of the one that writes for these readers, if none is named.
     * @throws UserError no_model, no_such_version, version_pruned, version_not_here
     */
    async exportModel(readers: Readers, version?: number): Promise<ExportedModel> {
      const { guildId } = readers;
      const wanted = version ?? (await versionFor(store, readers));
      usable(readers, await versions(guildId), wanted);
      const bytes = await store.models.checkpoint(guildId, wanted);
      if (bytes === undefined) throw new UserError('version_pruned', { version: wanted });
      const size = bytes.byteLength;
      return { version: wanted, size, bytes: size <= MAX_FILE ? bytes : undefined };
    },
  };
}

/** @throws UserError no_such_version, version_not_here, version_pruned */
function usable({ audience }: Readers, models: readonly VersionOfModel[], version: number): VersionOfModel {
  const model = models.find((each) => each.version === version);
  if (model === undefined) throw new UserError('no_such_version', { version });
  if (!mayWriteFor(audience, model)) throw new UserError('version_not_here', { version });
  if (model.pruned) throw new UserError('version_pruned', { version });
  return model;
}

/** The versions of the model that writes for readers: their own, or else the public one. */
function ownOf({ audience }: Readers, models: readonly VersionOfModel[]): VersionOfModel[] {
  const hasOwn = models.some((model) => isLive(model) && model.audience === audience);
  return models.filter((model) => model.audience === (hasOwn ? audience : PUBLIC));
}

function isLive({ state }: ModelSummary): boolean {
  return state === 'live';
}

function unlessRefused(error: unknown): undefined {
  if (error instanceof UserError && error.key === 'guard_refused') return undefined;
  throw error;
}
