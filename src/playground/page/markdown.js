import { element } from './element.js';
import { timestamp } from './times.js';

/**
 * The part of Discord's markdown that people meet most, as DOM nodes. `names` knows what to call a
 * mentioned person, role or channel: { person(id), role(id), channel(id) }.
 */
export function markdown(text, names) {
  const parts = [];
  let from = 0;
  for (const fence of text.matchAll(/\n?```(?:[\w+-]*\n)?([^]*?)\n?```\n?/g)) {
    parts.push(...lines(text.slice(from, fence.index), names));
    parts.push(element('pre', {}, element('code', {}, fence[1])));
    from = fence.index + fence[0].length;
  }
  parts.push(...lines(text.slice(from), names));
  return parts;
}

/** What a line begins with decides its element; all other lines stay together as running text. */
const LINE_KINDS = [
  [/^> ?(.*)$/, 'blockquote'],
  [/^-# (.*)$/, 'small'],
  [/^# (.*)$/, 'h3'],
  [/^## (.*)$/, 'h4'],
  [/^### (.*)$/, 'h5'],
  [/^\s*[-*] (.*)$/, 'li'],
];

function lines(text, names) {
  if (text === '') return [];
  const blocks = [];
  for (const line of text.split('\n')) {
    const { tag, content } = lineKind(line);
    const previous = blocks.at(-1);
    // Only running text and quotes reach over several lines; bold text may begin in one and end in the next.
    if (previous?.tag === tag && (tag === 'p' || tag === 'blockquote')) previous.content += `\n${content}`;
    else blocks.push({ tag, content });
  }
  return blocks.map(({ tag, content }) => element(tag, {}, inline(content, names)));
}

function lineKind(line) {
  for (const [pattern, tag] of LINE_KINDS) {
    const match = pattern.exec(line);
    if (match !== null) return { tag, content: match[1] };
  }
  return { tag: 'p', content: line };
}

const wrapped = (tag) => (match, names) => element(tag, {}, inline(match[1], names));
const mention = (text) => element('span', { class: 'mention' }, text);

/** Tried in this order wherever running text stands, so the longer mark comes before the shorter. */
const INLINE_KINDS = [
  [/\\([^A-Za-z0-9\s])/y, (match) => match[1]],
  [/``([^]+?)``(?!`)/y, (match) => element('code', {}, match[1])],
  [/`([^`]+)`/y, (match) => element('code', {}, match[1])],
  [/\*\*([^]+?)\*\*(?!\*)/y, wrapped('strong')],
  [/__([^]+?)__(?!_)/y, wrapped('u')],
  [/~~([^]+?)~~/y, wrapped('s')],
  [/\*(?=[^\s*])((?:\*\*|[^*])+?)\*(?!\*)/y, wrapped('em')],
  [/(?<!\w)_((?:__|[^_])+?)_(?!\w)/y, wrapped('em')],
  [/<@!?(\d+)>/y, (match, names) => mention(`@${names.person(match[1]) ?? 'unknown'}`)],
  [/<@&(\d+)>/y, (match, names) => mention(`@${names.role(match[1]) ?? 'unknown'}`)],
  [/<#(\d+)>/y, (match, names) => mention(`#${names.channel(match[1]) ?? 'unknown'}`)],
  [/<\/([^:>]+):\d+>/y, (match) => mention(`/${match[1]}`)],
  [/<a?:(\w+):\d+>/y, (match) => `:${match[1]}:`],
  [/<t:(-?\d+)(?::([tTdDfFR]))?>/y, (match) => timestamp(Number(match[1]), match[2])],
  [/\[([^[\]]+)\]\(<?(https?:\/\/[^\s<>)]+)>?\)/y, (match, names) => link(match[2], inline(match[1], names))],
  [/<(https?:\/\/[^\s<>]+)>/y, (match) => link(match[1])],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;!?'")\]]/y, (match) => link(match[0])],
];

const MARKS = '\\`*_~<[h';

function inline(text, names) {
  const nodes = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = MARKS.includes(text[at]) ? inlineAt(text, at, names) : undefined;
    if (found === undefined) {
      plain += text[at++];
      continue;
    }
    nodes.push(plain, found.node);
    plain = '';
    at += found.length;
  }
  return [...nodes, plain].filter((node) => node !== '');
}

function inlineAt(text, at, names) {
  for (const [pattern, build] of INLINE_KINDS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { node: build(match, names), length: match[0].length };
  }
  return undefined;
}

export function link(href, content = href, attributes = {}) {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer', ...attributes }, content);
}
