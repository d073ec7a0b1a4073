/** How a file is written, and what its beginning says of all of it. */
export type Format =
  /** DiscordChatExporter's JSON. `start` is where the list of messages begins. */
  | {
      kind: 'exporter';
      start: number;
      guild: string;
      channel: string;
      thread: string | undefined;
      isPrivate: boolean;
    }
  /** A JSON list: of a channel in Discord's data package, or of objects like those of JSON lines. */
  | { kind: 'list'; start: number; isPackage: boolean }
  /** The CSV file of a channel in Discord's data package. */
  | { kind: 'table' }
  | { kind: 'lines' }
  | { kind: 'text' };

/** How much of a file is looked at. */
export const HEAD_BYTES = 262_144;

const BYTE_ORDER_MARK = /^\ufeff/;
const LIST = /^\s*\[(?=\s*[{\]])/;
const TABLE = /^(?=[^\n]*\bID\b)(?=[^\n]*\bTimestamp\b)[^\n]*\bContents\b/;
const EXPORT = /^\s*\{\s*"guild"\s*:\s*\{/;
const MESSAGES = /,?\s*"messages"\s*:\s*(?=\[)/;
const OBJECT = /^\s*\{\s*["}]/;

/** How the file with this beginning is written; undefined for what is no text, such as pictures and archives. */
export function recognise(head: Buffer): Format | undefined {
  if (head.includes(0)) return undefined;
  const text = head.toString('utf8').replace(BYTE_ORDER_MARK, '');
  const before = head.toString('utf8').length - text.length === 0 ? 0 : Buffer.byteLength('\ufeff');
  const startOf = (length: number) => before + Buffer.byteLength(text.slice(0, length));
  const list = LIST.exec(text);
  if (list !== null) {
    return {
      kind: 'list',
      start: startOf(list[0].length - 1),
      isPackage: /"Contents"\s*:/.test(text.slice(0, 65_536)),
    };
  }
  if (EXPORT.test(text)) return exported(text, startOf);
  if (OBJECT.test(text)) return { kind: 'lines' };
  return { kind: TABLE.test(text) ? 'table' : 'text' };
}

/** Whether this begins a zip file, an empty one too. */
export function isZip(head: Buffer): boolean {
  return ['504b0304', '504b0506'].includes(head.toString('hex', 0, 4));
}

interface ExportHead {
  guild?: { id?: unknown };
  channel?: { id?: unknown; type?: unknown; categoryId?: unknown };
}

/** Whether a channel of this type is a thread of those who were asked into it, whoever can read its channel. */
export function isPrivateThread(type: unknown): boolean {
  return type === 12 || /private.?thread/i.test(String(type));
}

/** What stands before the messages: of a thread, its category is the channel that it is in. */
function exported(text: string, startOf: (length: number) => number): Format | undefined {
  const messages = MESSAGES.exec(text);
  if (messages === null) return undefined;
  const { guild, channel } = parsed(`${text.slice(0, messages.index)}}`);
  const [guildId, channelId, parentId] = [guild?.id, channel?.id, channel?.categoryId];
  if (typeof guildId !== 'string' || typeof channelId !== 'string') return undefined;
  const isThread = typeof parentId === 'string' && /thread/i.test(String(channel?.type));
  return {
    kind: 'exporter',
    start: startOf(messages.index + messages[0].length),
    guild: guildId,
    channel: isThread ? parentId : channelId,
    thread: isThread ? channelId : undefined,
    isPrivate: isPrivateThread(channel?.type),
  };
}

function parsed(text: string): ExportHead {
  try {
    return JSON.parse(text) as ExportHead;
  } catch {
    return {};
  }
}
