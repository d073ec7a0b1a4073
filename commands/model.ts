import { highlight } from '../src/corpus/highlight.js';
import { action, defineGroup, readersOption, type Suggest } from '../src/discord/define-command.js';
import { UserError } from '../src/errors.js';
import { PUBLIC } from '../src/services/readers.js';
import type { Comparison } from '../src/services/retraining/models.js';

/** Versions in one answer of 2,000 characters; each takes a line of up to 210. */
const MAX_LISTED = 8;
/** In UTF-16 units: a card has room for far more, but two are to be read side by side. */
const MAX_TEXT = 700;
const MAX_PROMPT = 200;

/** A version's number as an option. */
const version = (description: string) => ({ type: 'integer', description, min: 1 }) as const;

export default defineGroup({
  name: 'model',
  description: 'What the model is, how good it is, and how to go back',
  allow: 'everyone',
  subcommands: {
    status: action({
      description: 'The live model, its figures, and what is being trained',
      reply: 'private',
      options: {},
      run: async ({ models }, _options, { guildId, audience, may, strings }) => {
        // What there is for channels that not everyone sees is not everyone's business.
        const told = (readers: string) => readers === audience || may('managers');
        return { content: strings.models.status({ ...(await models.status(guildId, told)), guildId }) };
      },
    }),
    history: action({
      description: 'Every version with its figures',
      allow: 'managers',
      reply: 'private',
      options: {},
      run: async ({ models }, _options, { guildId, strings }) => {
        const all = await models.history(guildId);
        const versions = all.slice(0, MAX_LISTED);
        return { content: strings.models.history({ versions, more: all.length - versions.length }) };
      },
    }),
    compare: action({
      description: 'Let two versions write from the same beginning',
      reply: 'private',
      writes: true,
      options: {
        a: version('One version (default: the newest that is not live)'),
        b: version('The other version (default: the live one)'),
        prompt: { type: 'string', description: 'How both texts begin', maxLength: 200 },
        seed: {
          type: 'integer',
          description: 'The dice: the same seed, the same texts',
          min: 0,
          max: 2 ** 31,
        },
      },
      run: async ({ models }, asked, { guildId, audience, strings }) => {
        const { sides, prompt, seed } = await models.compare({ guildId, audience }, asked);
        const { compared, comparedName, comparedFigures, comparedRefused } = strings.models;
        const written = ({ text }: Comparison['sides'][number]) =>
          text === undefined ? comparedRefused() : `> ${highlight(text.replace(/\s/g, ' '), [], MAX_TEXT)}`;
        return {
          content: compared({ prompt: highlight(prompt.replace(/\s/g, ' '), [], MAX_PROMPT), seed }),
          embeds: sides.map((side) => ({
            title: comparedName(side),
            description: [comparedFigures(side), written(side)].join('\n'),
          })),
        };
      },
    }),
    rollback: action({
      description: 'Make an earlier version live again',
      allow: 'managers',
      reply: 'public',
      options: { version: version('Which one (default: the one that was live before)') },
      run: async ({ models }, { version }, { guildId, audience, userId, strings }) => {
        const change = await models.rollBack({ guildId, audience }, version);
        return { content: strings.models.rolledBack({ ...change, userId }) };
      },
    }),
    cancel: action({
      description: "End this server's training, or take it out of the queue",
      allow: 'managers',
      reply: 'public',
      options: { for: readersOption },
      run: async ({ audiences, retraining }, { for: channel }, { guildId, userId, strings }) => {
        const readers = channel && (await audiences.of(channel));
        await retraining.cancel({ guildId, audience: readers?.id ?? PUBLIC });
        return { content: strings.models.cancelled({ userId }) };
      },
    }),
    export: action({
      description: 'A version as a safetensors file',
      allow: 'managers',
      reply: 'private',
      options: { version: version('Which one (default: the live one)') },
      run: async ({ models }, { version }, { guildId, audience, strings }) => {
        const exported = await models.exportModel({ guildId, audience }, version);
        const { bytes } = exported;
        if (bytes === undefined) return { content: strings.models.exportTooLarge({ ...exported, guildId }) };
        const name = `version-${exported.version}.safetensors`;
        return {
          content: strings.models.exported(exported),
          files: [{ name, bytes, alt: strings.models.exportAlt(exported) }],
        };
      },
    }),
    schedule: action({
      description: 'When and how long trainings run by themselves; without options, the settings',
      allow: 'managers',
      reply: 'private',
      options: {
        at: { type: 'string', description: 'When to train each day, such as 04:30', maxLength: 20 },
        off: { type: 'boolean', description: 'Never train by itself (False: at the default hour again)' },
        quiet: {
          type: 'string',
          description: 'Hours without training, such as 09:00-18:00, or none',
          maxLength: 40,
        },
        zone: {
          type: 'string',
          description: 'The time zone of these hours, such as Asia/Seoul',
          maxLength: 100,
          suggest: suggestZones(),
        },
        minutes: { type: 'number', description: 'How long a training takes', min: 0.05, max: 1_440 },
        budget: {
          type: 'number',
          description: 'Minutes of training in 24 hours, at most; 0: any number',
          min: 0,
          max: 1_440,
        },
        channel: { type: 'channel', description: 'Where outcomes are told' },
        reset: {
          type: 'boolean',
          description: 'True: what is not given here is as the bot has it by itself',
        },
      },
      run: async ({ retraining }, { channel, ...change }, { guildId, strings }) => {
        if (channel?.writable === false) throw new UserError('channel_not_writable', { channel: channel.id });
        const asked = { ...change, channelId: channel?.id };
        if (Object.values(asked).some((value) => value !== undefined)) {
          await retraining.reschedule(guildId, asked);
        }
        return { content: strings.models.plan(await retraining.plan(guildId)) };
      },
    }),
  },
});

/** Time zones that have what is typed in their name. */
function suggestZones(): Suggest {
  const zones = Intl.supportedValuesOf('timeZone');
  return async (_services, typed) => {
    const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
    return zones.filter((zone) => zone.toLowerCase().includes(wanted));
  };
}
