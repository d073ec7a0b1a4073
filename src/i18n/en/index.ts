import { unreachable } from '../../unreachable.js';
import { audienceErrors, audiences } from './audiences.js';
import { backfill, backfillErrors } from './backfill.js';
import { corpus } from './corpus.js';
import { debt } from './debt.js';
import { fairUse, fairUseErrors } from './fair-use.js';
import { feeling, feelingErrors } from './feeling.js';
import { following, followingErrors } from './following.js';
import { help, helpErrors } from './help.js';
import { importErrors, importing } from './importing.js';
import { modelErrors, models } from './models.js';
import { spam } from './moderation.js';
import { moderationErrors } from './moderation-errors.js';
import { pictures } from './pictures.js';
import { privacy, privacyErrors } from './privacy.js';
import { sealingErrors } from './sealing.js';
import { talking, talkingErrors } from './talking.js';
import { retrain } from './retrain.js';

/** Every text a person can meet, in English: the source of keys that other locales must match. */
export const en = {
  errors: {
    config_invalid: ({ problems }: { problems: string[] }) =>
      `The settings in .env need attention:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    database_locked: ({ path }: { path: string }) =>
      `The database ${path} is locked by another program. Stop the other copy of the bot, or point DATABASE_PATH elsewhere.`,
    database_newer: ({ path, migration }: { path: string; migration: string }) =>
      `The database ${path} was written by a newer Charlatan (it has the migration ${migration}). Update the bot, or point DATABASE_PATH to another file.`,
    database_gap: ({ path, migration }: { path: string; migration: string }) =>
      `The database ${path} skipped the migration ${migration}. Restore it from a backup, or point DATABASE_PATH to another file.`,
    database_unusable: ({ path, reason }: { path: string; reason: string }) =>
      `The database ${path} cannot be used: ${reason}. Check DATABASE_PATH and the folder's permissions.`,
    engine_unavailable: ({ engine, reason }: { engine: string; reason: string }) =>
      `ENGINE=${engine} does not work on this machine (${reason}). Leave ENGINE empty to use the best engine that does.`,
    disk_full: () => 'The disk is full: free some space. Nothing collected so far is lost.',
    discord_token_invalid: () =>
      'Discord refused the token. Copy it again from the Developer Portal (your application, Bot, Reset Token) into DISCORD_TOKEN.',
    discord_intent_missing: () =>
      'Discord refused the Message Content intent. Switch it on in the Developer Portal: your application, Bot, Privileged Gateway Intents.',
    discord_unreachable: ({ reason }: { reason: string }) =>
      `Discord cannot be reached (${reason}). Check the network and DISCORD_API_URL; the bot can simply be started again.`,
    port_taken: ({ port }: { port: number }) =>
      `The port ${port} is taken by another program. Set PLAYGROUND_PORT in .env to a free one, or to 0 for any.`,
    guild_only: () => 'This works only in a server, not in direct messages.',
    timers_only: () => 'You need the permission Timeout Members for this.',
    moderators_only: () => 'You need the permission Manage Messages for this.',
    managers_only: () => 'You need the permission Manage Server for this.',
    training_not_permitted: () =>
      "Learning from Discord messages is switched off. Discord's Developer Policy forbids training on message content without its " +
      'express permission; whoever runs this bot and has that right states so with TRAINING_PERMISSION=granted in .env.',
    channel_not_readable: ({ channel }: { channel: string }) =>
      `I cannot read <#${channel}>. Give me the permissions View Channel and Read Message History there.`,
    no_model: () =>
      'I have not learned to talk yet. An admin can choose channels with `/corpus collect` and then start `/retrain`.',
    corpus_too_small: ({ have, need }: { have: number; need: number }) =>
      `There is too little to learn from: ${have} characters, and it takes ${need}. Switch on more channels with \`/corpus collect\`, or wait for more messages.`,
    training_died: ({ reason }: { reason: string }) =>
      `The training stopped: ${reason}. The previous model goes on answering; try \`/retrain\` again.`,
    guard_refused: ({ reason }: { reason: 'verbatim' | 'blocked' | 'taken_back' | 'empty' }) =>
      refusal(reason),
    sampling_died: () => 'Writing failed; my log says why. Please try again.',
    no_classifier: () =>
      'I have not learned to judge messages yet: that takes a few minutes after the first start. Please try again then.',
    classifying_died: () => 'Judging failed; my log says why. Please try again.',
    shutting_down: () => 'I am shutting down. Please try again in a minute.',
    generation_gone: () => 'I no longer remember that text. Start again with `/continue`.',
    unknown_command: () => 'I do not know this command any more. Reload Discord (Ctrl+R) and try again.',
    ...modelErrors,
    ...sealingErrors,
    ...moderationErrors,
    unexpected: ({ reference }: { reference: string }) =>
      `Something went wrong on my side. If it happens again, tell an admin this reference: \`${reference}\`.`,
    ...backfillErrors,
    ...audienceErrors,
    ...fairUseErrors,
    ...feelingErrors,
    ...followingErrors,
    ...helpErrors,
    ...importErrors,
    ...privacyErrors,
    ...talkingErrors,
  },

  backfill,

  debt,

  audiences,

  fairUse,

  feeling,

  following,

  help,

  importing,

  corpus,

  models,

  retrain,

  spam,
  pictures,

  privacy,

  talking,
};

function refusal(reason: 'verbatim' | 'blocked' | 'taken_back' | 'empty'): string {
  switch (reason) {
    case 'verbatim':
      return 'I could not find words of my own: whatever I wrote was too close to a message of this server. Please try again, or begin with something else.';
    case 'blocked':
      return 'I do not say words that are blocked on this server. Please use other words, or try again.';
    case 'taken_back':
      return 'I could only think of something that was taken back before. Please try again, or begin with something else.';
    case 'empty':
      return 'I could not think of anything to say. Please try again, or begin with something else.';
    default:
      return unreachable(reason);
  }
}
