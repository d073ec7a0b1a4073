import { editsOf, type Edit } from '../edits.js';

const SECRET = '[secret]';

const KEY_BLOCK = '-----BEGIN';
/** Without both of these there is nothing else, as in most messages. */
const MIXED = /[a-z_]\d|\d[a-z_]/i;
const RUN = /[\w+/=-]{16}/;
/** What opens a door to whoever has it, known by its form. */
const KNOWN = [
  /https?:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+/gi,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /(?<![\w-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<![\w-])mfa\.[\w-]{80,}/g, // Discord
  /(?<![\w-])eyJ[\w-]{5,}\.eyJ[\w-]{5,}(?:\.[\w-]*)?/g, // JSON web tokens
  /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,}|glpat-[\w-]{20,}|npm_[A-Za-z0-9]{36,})/g,
  /(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|(?<!\w)AIza[\w-]{35}/g, // Amazon, Google
  /(?<!\w)(?:xox[a-z]-[\w-]{10,}|sk-[\w-]{20,}|[rs]k_live_\w{10,})/g, // Slack, OpenAI and others, Stripe
  /(?<!\w)\d{8,10}:[\w-]{35}(?![\w-])/g, // Telegram
];
/** Hexadecimal or base64 of some length. The second is in an address, where a slash and a plus are no part of it. */
const LONG = /(?<![^\s"'`=:(])(?!\/)[\w+/=-]{32,}|(?<![\w-])[\w-]{32,}/g;
const HEXADECIMAL = /^(?:[0-9a-f-]+|[0-9A-F-]+)$/;
/** At so many of its signs figures and letters of either case take turns; in words, and in NamesOfManyWords2, fewer. */
const FEWEST_CHANGES = { hexadecimal: 0.15, other: 0.25 };

/**
 * Tokens, keys and whatever else looks drawn by chance. Checksums and long ids look so too, such as a commit's in full:
 * nothing in them tells them from a key, and nothing is lost with them.
 */
export function findSecrets(text: string): Edit[] {
  if (!text.includes(KEY_BLOCK) && !(MIXED.test(text) && RUN.test(text))) return [];
  const known = KNOWN.flatMap((pattern) => editsOf(text, pattern, () => SECRET));
  const long = editsOf(text, LONG, () => SECRET);
  return [...known, ...long.filter(({ from, to }) => looksDrawn(text.slice(from, to)))];
}

function looksDrawn(word: string): boolean {
  if (!/\d/.test(word) || !/[a-z]/i.test(word)) return false;
  const changes = word.match(/[0-9](?=[A-Za-z])|[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])/g)?.length ?? 0;
  return changes >= FEWEST_CHANGES[HEXADECIMAL.test(word) ? 'hexadecimal' : 'other'] * word.length;
}
