import type { Store } from '../../store/open.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import type { WaitingTraining } from '../../store/trainings.js';
import type { TrainingProgress } from '../../training/protocol.js';
import type { Readers } from '../readers.js';
import type { createEstimating } from './estimating.js';
import { quietUntil } from './hours.js';
import type { TrainingPlaces } from './places.js';
import type { createTrainingSchedule } from './schedule.js';
import type { TrainingSettings } from './settings.js';
import type { Place, Turns } from './turns.js';

/** A model's training as it stands: under way, in line, or waiting for the end of its quiet hours. */
export interface TrainingStatus {
  training: WaitingTraining;
  progress: TrainingProgress | undefined;
  /** Who trains before; empty while it trains itself, undefined while it is not in line. */
  ahead: readonly Place[] | undefined;
  quietUntil: number | undefined;
}

/** How a guild is trained. */
export interface TrainingPlan {
  settings: TrainingSettingsRow;
  /** How long a training takes that says nothing else. */
  minutes: number;
  /** When it trains next by itself; undefined when it does not. */
  next: number | undefined;
  /** What is left of the day's budget; undefined without one. */
  budget: { leftMs: number; minutesPerDay: number } | undefined;
}

/** Says how a model's training stands, and how a guild is trained. */
export function createTrainingOverview(parts: {
  store: Store;
  settings: TrainingSettings;
  turns: Turns;
  places: TrainingPlaces;
  schedule: Pick<ReturnType<typeof createTrainingSchedule>, 'next'>;
  estimating: Pick<ReturnType<typeof createEstimating>, 'budgetOf'>;
  defaultMinutes: number;
  now: () => number;
}) {
  const { store, settings, turns, places, schedule, estimating, defaultMinutes, now } = parts;
  return {
    /** Undefined when the model has no training under way or waiting. */
    async status(readers: Readers): Promise<TrainingStatus | undefined> {
      const { guildId, audience } = readers;
      const training = await store.trainings.find(guildId, audience);
      if (training === undefined) return undefined;
      const line = turns.line();
      const index = line.findIndex((place) => place.guildId === guildId && place.audience === audience);
      return {
        training,
        progress: places.of(readers)?.progress,
        ahead: index === -1 ? undefined : line.slice(0, index),
        quietUntil: quietUntil(await settings.of(guildId), now()),
      };
    },

    async plan(guildId: string): Promise<TrainingPlan> {
      const row = await settings.of(guildId);
      const budget = await estimating.budgetOf(row, 0);
      return { settings: row, minutes: row.minutes ?? defaultMinutes, next: schedule.next(row), budget };
    },
  };
}
