import { paintAvatar } from './avatar.js';
import { element } from './element.js';

const OFFERED = 10;

/** The people whose names fit what was typed, those that begin so first. */
export function matchingPeople(people, typed) {
  const query = typed.toLowerCase();
  const rank = ({ name, bot, switchable }) =>
    Number(!name.toLowerCase().startsWith(query)) * 4 + Number(!bot) * 2 + Number(!switchable);
  return [...people.values()]
    .filter(({ name }) => name.toLowerCase().includes(query))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, OFFERED);
}

/** How one of them is shown in a list of offers. */
export function personOffer({ id, name, bot }) {
  const avatar = element('span', { class: 'avatar small', 'aria-hidden': 'true' });
  paintAvatar(avatar, id, name);
  return element(
    'span',
    { class: 'person' },
    avatar,
    element('b', {}, name),
    bot && element('span', { class: 'bot-badge' }, 'BOT'),
  );
}

/** The mention that is being typed right before the caret: { from, query }. */
export function typedMention(text, caret) {
  const match = /(?:^|\s)@([^@\n]{0,32})$/.exec(text.slice(0, caret));
  return match === null ? undefined : { from: caret - match[1].length - 1, query: match[1] };
}

/** The text as it is sent, with `@Name` made into mentions; the longest name wins. */
export function withMentions(text, people) {
  return splitMentions(text, people)
    .map(({ text: part, person }) => (person === undefined ? part : `<@${person.id}>`))
    .join('');
}

/** The text as it is written, with mentions made into `@Name`. */
export function readable(text, people) {
  return text.replace(/<@!?(\d+)>/g, (mention, id) => (people.has(id) ? `@${people.get(id).name}` : mention));
}

/** The parts of a text: each { text }, and for a mention also { person }. */
export function splitMentions(text, people) {
  const named = [...people.values()].sort((a, b) => b.name.length - a.name.length);
  const parts = [{ text: '' }];
  for (let at = 0; at < text.length;) {
    const person = text[at] === '@' ? named.find(({ name }) => isNamed(text, at + 1, name)) : undefined;
    if (person === undefined) {
      if (parts.at(-1).person !== undefined) parts.push({ text: '' });
      parts.at(-1).text += text[at++];
      continue;
    }
    parts.push({ text: `@${person.name}`, person });
    at += person.name.length + 1;
  }
  return parts.filter((part) => part.text !== '');
}

function isNamed(text, at, name) {
  const follows = text.slice(at + name.length, at + name.length + 1);
  return text.startsWith(name, at) && !/[\p{L}\p{N}_]/u.test(follows);
}
