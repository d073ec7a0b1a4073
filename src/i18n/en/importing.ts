import type { Flaw } from '../../ingest/found.js';
import type { BadRow, Counts, LeftOut } from '../../ingest/protocol.js';
import { count, number } from './words.js';

const UNREADABLE = {
  missing: 'there is no such file',
  forbidden: 'I may not read it',
  special: 'it is neither a file nor a folder',
  locked: 'it is locked with a password',
  damaged: 'the archive is damaged',
};

export const importErrors = {
  import_unreadable: ({ file, reason }: { file: string; reason: keyof typeof UNREADABLE }) =>
    `\`${file}\` cannot be read: ${UNREADABLE[reason]}.`,
  import_encoding: ({ file, byte }: { file: string; byte: number | undefined }) =>
    byte === undefined
      ? `\`${file}\` is not UTF-8: it begins like UTF-16. Save it as UTF-8 and try again.`
      : `\`${file}\` is not UTF-8: byte ${byte} is wrong. Save it as UTF-8 and try again.`,
  import_hostile_name: ({ file }: { file: string }) =>
    `I do not read this archive: no honest program would call a file in it \`${file}\`.`,
  import_bomb: ({ file }: { file: string }) =>
    `I do not read \`${file}\`: it would unpack to far more than such an archive should hold.`,
  import_no_messages: ({ file }: { file: string }) =>
    `I found no messages in \`${file}\`. I read JSON files of DiscordChatExporter, Discord's own data package, JSON lines and plain text.`,
  import_other_guild: ({ file }: { file: string }) => `\`${file}\` holds no messages of this server.`,
  import_needs_channel: ({ file }: { file: string }) =>
    `\`${file}\` does not say in which channel it was written. Name one with the option channel.`,
  import_needs_author: ({ file }: { file: string }) =>
    `\`${file}\` holds one person's messages and does not say whose. Name them with the option author.`,
  import_too_large: ({ megabytes }: { megabytes: number }) =>
    `The file is too large: I take up to ${megabytes} MB here. Whoever runs this bot can import larger ones at a shell.`,
  import_download_failed: () => 'I could not download the file from Discord. Please try again.',
  import_running: () => 'An import is under way in this server. Wait for its end, or cancel it there.',
  import_gone: () => 'I no longer have this file. Please upload it again.',
  import_died: ({ reason }: { reason: string }) =>
    `The import stopped: ${reason}. What came in stays; importing the same file again adds only the rest.`,
};

const LEFT_OUT: Record<LeftOut, string> = {
  bot: 'by bots',
  system: 'no messages of people, such as notices that somebody joined',
  command: 'commands to bots',
  empty: 'with nothing to learn in them',
  opted_out: 'by members who opted out',
  not_opted_in: 'by members who did not opt in',
  erased: 'that were deleted here',
  private_channel: 'from channels that not everyone can read',
  unknown_channel: 'from channels that are not in this server',
  other_guild: 'from channels of another server',
};

const FLAWS: Record<Flaw, string> = {
  not_json: 'it is not JSON',
  not_csv: 'it is not CSV',
  no_text: 'it has no text',
  no_time: 'it has no time',
  no_channel: 'it has no channel',
  too_long: 'it is too long',
  too_deep: 'it is nested too deeply',
  cut_off: 'the file ends or breaks off here',
  in_future: 'it is from the future',
  too_old: 'it is from before 2015, when Discord began',
};

export const importing = {
  downloading: () => 'Downloading the file …',
  rehearsing: ({ read }: { read: number }) => `Reading the file: ${count(read, 'row')} so far …`,
  progress: ({ added, percent }: { added: number; percent: number }) =>
    `Importing: ${count(added, 'message')} added, ${percent} % of the file read …`,
  /** `badRows` are those to list. */
  would: (counts: Counts) =>
    [`This would add ${count(counts.added, 'message')}.`, ...details(counts)].join('\n'),
  done: (counts: Counts) => [`${count(counts.added, 'message')} imported.`, ...details(counts)].join('\n'),
  cancelled: (counts: Counts) =>
    [`Cancelled. ${count(counts.added, 'message')} came in before that, and stay.`, ...details(counts)].join(
      '\n',
    ),
  cancelling: () => 'Cancelling the import …',
  notImported: () => 'Nothing was imported.',
  buttons: { start: () => 'Import', leave: () => 'Not now', cancel: () => 'Cancel' },
};

function details({ read, edited, known, leftOut, bad, badRows, elsewhere }: Counts): string[] {
  const reasons = (Object.entries(leftOut) as [LeftOut, number][]).filter(([, messages]) => messages > 0);
  return [
    `Rows read: ${number(read)}, of which known already: ${number(known)}, with newer text: ${number(edited)}.`,
    ...reasons.map(([reason, messages]) => `- left out: ${number(messages)} ${LEFT_OUT[reason]}`),
    ...(elsewhere > 0
      ? [`- left alone: ${count(elsewhere, 'file')} of other servers or direct messages`]
      : []),
    ...(bad > 0 ? [`- bad rows: ${number(bad)}`] : []),
    ...badRows.map(badRow),
  ];
}

function badRow({ file, at, flaw }: BadRow): string {
  return `  - \`${file}\`, row ${number(at)}: ${FLAWS[flaw]}`;
}
