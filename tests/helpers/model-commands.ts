import { expect } from 'vitest';
import model from '../../commands/model.js';
import retrain from '../../commands/retrain.js';
import type { Command, Context, Reply } from '../../src/discord/define-command.js';
import { toMessage } from '../../src/discord/replies.js';
import type { Services } from '../../src/services/index.js';
import { createModels } from '../../src/services/retraining/models.js';
import { createOutcomeMessages } from '../../src/services/retraining/outcome-message.js';
import type { Sampler } from '../../src/training/sampling-client.js';
import { contextOf } from './context.js';
import { silent } from './log.js';
import { everyone, PUBLIC } from './readers.js';
import { fill, retrainingOf, trained } from './retraining.js';

export function subcommands() {
  if (model.actions.kind !== 'subcommands') throw new Error('/model has subcommands');
  return model.actions.subcommands;
}

/** `/model` and `/retrain` over real services; the worker, the sampler and the pictures are the test's. */
export async function bot() {
  const set = await retrainingOf();
  const { store, retraining, worker, clock } = set;
  await fill(store, '2');
  const guardRules = async () => ({ blocked: [], takenBack: [], maxVerbatim: undefined });
  const log = silent;
  const sampler: Pick<Sampler, 'write'> = {
    write: async ({ version }) => ({ text: `text of ${version} <@7>`, stopped: false, refused: 0 }),
  };
  const services = {
    retraining,
    models: createModels({
      store,
      sampler,
      training: retraining,
      guardRules,
      votes: async () => [{ version: 1, up: 3, down: 1 }],
      now: () => clock.now,
      random: () => 0.5,
    }),
    describeOutcome: createOutcomeMessages({
      pictures: { lossCurve: async () => new Uint8Array([5]) },
      sampler,
      guardRules,
      store,
      audienceOf: () => PUBLIC,
      log,
    }),
  } as Partial<Services> as Services;
  const context = (asked: Partial<Context>) => contextOf({ guildId: '1', channelId: '10', ...asked });
  /** What goes to Discord must fit. */
  const checked = (reply: Reply, command: Command): Reply => {
    const message = toMessage(reply, command.name);
    expect(message.content.length).toBeLessThanOrEqual(2_000);
    return reply;
  };
  return {
    ...set,
    async ask(name: string, options = {}, asked: Partial<Context> = {}): Promise<Reply> {
      return checked(await subcommands()[name].run(services, options, context(asked)), model);
    },
    async retrainWith(
      options: { minutes?: number; fresh?: boolean },
      asked: Partial<Context> = {},
    ): Promise<Reply> {
      if (retrain.actions.kind !== 'single') throw new Error('/retrain has no subcommands');
      return checked(await retrain.actions.action.run(services, options, context(asked)), retrain);
    },
    async press({ buttons = [] }: Reply, label: string, asked: Partial<Context> = {}): Promise<Reply> {
      const button = buttons.find((each) => each.label === label);
      if (button === undefined) throw new Error(`there is no button ${label}`);
      return retrain.buttons[button.action].run(services, button.argument, context(asked));
    },
    async train(bits: number, live?: number): Promise<void> {
      worker.ends(trained(bits, live));
      await retraining.retrain({ ...everyone('1'), channelId: '10' });
    },
  };
}
