import type {
  Comparison,
  ExportedModel,
  ModelStatus,
  VersionOfModel,
  Votes,
} from '../../services/retraining/models.js';
import type { TrainingPlan, TrainingStatus } from '../../services/retraining/overview.js';
import type { TrainingSettingsRow } from '../../store/schema.js';
import type { GateReason } from '../../training/report.js';
import { bits, time } from '../figures.js';
import { debt } from './debt.js';
import { audiences } from './audiences.js';
import { duration, percent, retrain, scores } from './retrain.js';
import { count, number } from './words.js';

export const modelErrors = {
  already_training: ({ percent }: { percent: number }) =>
    `A training is already running (${percent} % done). Wait until it is finished, or end it with \`/model cancel\`.`,
  already_queued: () =>
    'A training of this server is already waiting for its turn. `/model status` says what for, and `/model cancel` takes it back.',
  over_budget: (over: {
    minutes: number;
    leftMs: number;
    minutesPerDay: number;
    freeAt: number | undefined;
  }) =>
    `${retrain.budget(over)} ` +
    (over.freeAt === undefined
      ? `Ask for less, or raise the budget with \`/model schedule budget:\`.`
      : `Ask for less, or again ${time(over.freeAt, 'R')}: then ${duration(over.minutes * 60_000)} are free.`),
  training_dropped: () =>
    'The training was cut off three times in a row, so I gave it up. The live model stays; try `/retrain` again, and look at my log if it happens again.',
  no_training: () => 'No training of this model is running or waiting.',
  no_such_version: ({ version }: { version: number }) =>
    `There is no version ${version}. \`/model history\` lists them.`,
  version_pruned: ({ version }: { version: number }) =>
    `Version ${version} was pruned: of old versions only the figures are kept. \`/model history\` shows which are whole.`,
  already_live: ({ version }: { version: number }) => `Version ${version} is live already.`,
  nothing_to_roll_back: () =>
    'There is no earlier version that was live and is still kept. Name one: `/model rollback version:`; `/model history` lists them.',
  nothing_to_compare: () => 'It takes two versions to compare. Train another one with `/retrain`.',
  bad_time: ({ text }: { text: string }) => `“${text}” is no time of day. Write it like 04:30.`,
  bad_quiet_hours: ({ text }: { text: string }) =>
    `“${text}” are no hours. Write them like 09:00-18:00, or none.`,
  bad_zone: ({ text }: { text: string }) =>
    `I know no time zone “${text}”. Write it like Europe/Berlin or Asia/Seoul; the list helps while you type.`,
  channel_not_writable: ({ channel }: { channel: string }) =>
    `I cannot tell outcomes in <#${channel}>. Choose a text channel, and give me the permissions View Channel, Send Messages, Embed Links and Attach Files there.`,
};

export const models = {
  status: (status: ModelStatus & { guildId: string }) =>
    [
      status.live === undefined
        ? '**Live:** no model yet. Start the first training with `/retrain`.'
        : `**Live:** ${versionLine(status.live)}`,
      status.live?.report &&
        `trained ${duration(status.live.report.trainedMs)} on ${count(status.live.report.messages, 'message')}, ` +
          (status.live.report.from === undefined
            ? 'from nothing'
            : `going on from version ${status.live.report.from}`) +
          `; seed ${status.live.report.seed}`,
      status.newest === undefined ? undefined : `**Newest:** ${versionLine(status.newest)}`,
      `**Since the live one:** ${count(status.newMessages, 'new message')}`,
      `**Training:** ${training(status.training, status.guildId)}`,
      debt.status(status.debt),
      ...otherLines(status),
      models.plan(status.plan),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  plan: ({ settings, minutes, next, budget }: TrainingPlan) =>
    [
      `**By itself:** ${schedule(settings, next)}; a training takes ${duration(minutes * 60_000)}.`,
      settings.quiet_from === null
        ? undefined
        : `**Quiet hours:** ${settings.quiet_from} to ${settings.quiet_until}`,
      settings.zone !== null
        ? `**Time zone:** ${settings.zone}`
        : next === undefined && settings.quiet_from === null
          ? undefined
          : '**Time zone:** that of the machine I run on; `/model schedule zone:` sets yours.',
      budget === undefined ? undefined : `**Budget:** ${retrain.budget(budget)}`,
      settings.announce_channel_id !== null
        ? `**Outcomes** are told in <#${settings.announce_channel_id}>.`
        : settings.asked_channel_id !== null
          ? `**Outcomes** are told where \`/retrain\` was last used, in <#${settings.asked_channel_id}>.`
          : next === undefined
            ? undefined
            : '**Outcomes** of trainings by themselves are told nowhere; `/model schedule channel:` sets where.',
    ]
      .filter((line) => line !== undefined)
      .join('\n'),

  history: ({ versions, more }: { versions: VersionOfModel[]; more: number }) =>
    versions.length === 0
      ? 'No model was trained yet. Start with `/retrain`.'
      : [
          ...versions.map((version) => `- ${versionLine(version)}`),
          more === 0 ? undefined : `-# and ${count(more, 'older version')}`,
          '-# Bits per character, lower is better; each measured on the newest text of its day, so look at the n-gram beside it, too. ' +
            '`/model rollback version:` makes a version live.',
        ]
          .filter((line) => line !== undefined)
          .join('\n'),

  compared: ({ prompt, seed }: Omit<Comparison, 'sides'>) =>
    `${prompt === '' ? 'From nothing' : `After “${prompt}”`}, with the same dice (seed ${seed}):`,
  comparedName: ({ model }: Comparison['sides'][number]) => `Version ${model.version}, ${state(model)}`,
  comparedFigures: ({ model }: Comparison['sides'][number]) => figures(model).join('\n'),
  comparedRefused: () => '(it wrote only what it must not say)',

  rolledBack: ({
    from,
    to,
    userId,
  }: {
    from: VersionOfModel | undefined;
    to: VersionOfModel;
    userId: string;
  }) =>
    `<@${userId}> made version ${to.version} live${to.state === 'rejected' ? '' : ' again'}` +
    (from === undefined
      ? '.'
      : `, in place of version ${from.version}. The way back: \`/model rollback version:${from.version}\`.`) +
    (to.owes === 0 ? '' : ` ${debt.rolledBack(to)}`),
  cancelled: ({ userId }: { userId: string }) => `<@${userId}> cancelled the training. The live model stays.`,
  exported: ({ version }: ExportedModel) => `Version ${version}, as a safetensors file.`,
  exportTooLarge: ({ version, size, guildId }: ExportedModel & { guildId: string }) =>
    `The file of version ${version} has ${Math.ceil(size / 2 ** 20)} MB, more than Discord takes. Whoever runs me gets it at the shell:\n` +
    `\`npm run -s cli -- export-model --guild ${guildId} --version ${version} --out version-${version}.safetensors\``,
  exportAlt: ({ version }: ExportedModel) => `The weights of version ${version}.`,
};

/** As many as there is room for. */
const MOST_OTHERS = 5;

/** The models of classes of readers, in a line each. */
function otherLines({ others, guildId }: ModelStatus & { guildId: string }): string[] {
  const lines = others.slice(0, MOST_OTHERS).map(({ namedBy, live, newMessages, training: own }) => {
    const parts = [
      live === undefined
        ? 'no version yet'
        : `version ${live.version} (live, ${time(live.created_at, 'R')}), **${bits(live.bits_per_character)}** bits`,
      `${count(newMessages, 'new message')} since`,
      ...(own === undefined ? [] : [`training ${training(own, guildId)}`]),
    ];
    return `${audiences.whose({ channel: namedBy })} ${parts.join(' · ')}`;
  });
  return others.length > MOST_OTHERS
    ? [
        ...lines,
        `-# and ${count(others.length - MOST_OTHERS, 'other model')}: \`/corpus audience\` lists them`,
      ]
    : lines;
}

function versionLine(model: VersionOfModel): string {
  const { version, report, pruned, created_at, namedBy } = model;
  const whose = namedBy === undefined ? '' : `, ${audiences.short({ channel: namedBy })}`;
  const gate = report?.gate === undefined ? '' : `: ${GATE[report.gate]}`;
  const standing = `${state(model)}${gate}${pruned ? ', pruned' : ''}${whose}`;
  return [`**version ${version}** (${standing}, ${time(created_at, 'R')})`, ...figures(model)].join(' · ');
}

function state({ state }: VersionOfModel): string {
  return { live: 'live', past: 'was live', rejected: 'never live' }[state];
}

/** What the gate said of a version, in few words. */
const GATE: Record<GateReason, string> = {
  first: 'the first',
  better: 'better',
  untested: 'not compared',
  changed: 'without what must go',
  live_damaged: 'for a damaged one',
  not_better: 'not better',
  copies: 'copies',
  loops: 'loops',
  broken: 'broken',
  live_changed: 'not compared',
};

function figures({ bits_per_character, report, votes, owes }: VersionOfModel): string[] {
  return [
    report === undefined
      ? `**${bits(bits_per_character)}** bits`
      : `${scores({ ...report, bitsPerCharacter: bits_per_character })} bits`,
    ...(report === undefined
      ? []
      : [`copied ${percent(report.verbatimRate)}, looping ${percent(report.loopRate)}`]),
    ...(votes === undefined ? [] : [voted(votes)]),
    ...(owes === 0 ? [] : [debt.knows({ owes })]),
  ];
}

function voted({ up, down }: Votes): string {
  return `👍 ${number(up)} 👎 ${number(down)}`;
}

function training(status: TrainingStatus | undefined, guildId: string): string {
  if (status === undefined) return 'none is running or waiting';
  const { user_id } = status.training;
  const asker = user_id === null ? 'by itself' : `asked for by <@${user_id}>`;
  return `${asker}, ${stage(status, guildId)}`;
}

function stage({ progress, ahead, quietUntil }: TrainingStatus, guildId: string): string {
  if (ahead === undefined || quietUntil !== undefined) {
    return quietUntil === undefined
      ? 'waiting'
      : `waiting for the end of the quiet hours, ${time(quietUntil, 't')}`;
  }
  if (ahead.length > 0) return `waiting, ${retrain.waiting({ ahead, guildId })}`;
  return progress === undefined ? 'beginning' : retrain.progress(progress).replace('\n', ' · ');
}

function schedule({ at }: TrainingSettingsRow, next: number | undefined): string {
  if (next === undefined) return 'never';
  const hour = at === null ? "at the bot's own hour" : `each day at ${at}`;
  return `${hour}, where enough is new; next ${time(next, 'R')}`;
}
