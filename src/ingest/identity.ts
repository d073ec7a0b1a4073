import { createHash } from 'node:crypto';
import { NOBODY } from '../corpus/nobody.js';
import { createdAt, isSnowflake } from '../corpus/snowflakes.js';

/** What Discord gives to messages, people and channels, or another program that counts them. */
const NUMBER = /^\d{1,20}$/;
/** What we give to those that have none of Discord's. */
const OWN = /^import:[0-9a-f:]{1,64}$/;
const POSITION_DIGITS = 10;

export function isId(name: string): boolean {
  return NUMBER.test(name) || OWN.test(name);
}

/** The id that stands for a name of another program: always the same, and it does not tell the name. */
export function idOf(name: string, kind: 'author' | 'channel' | 'message', place = ''): string {
  return isId(name) ? name : `import:${digest([kind, place, name])}`;
}

/** The id of an author by the name that a file has, if it has one. */
export function authorOf(name: string | undefined, guildId: string): string {
  return name === undefined ? NOBODY : idOf(name, 'author', guildId);
}

/** The id of a message that has none, by what it says and where it stands: the same as long as its file only grows. */
export function idAt(at: number, parts: readonly string[]): string {
  const position = String(at).padStart(POSITION_DIGITS, '0');
  return `import:${position}:${digest(parts)}`;
}

/** When Discord made an id; undefined for ids that do not tell. */
export function timeIn(id: string): number | undefined {
  return isSnowflake(id) ? createdAt(id) : undefined;
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
