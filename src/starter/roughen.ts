import { pick } from './grammar.js';

const LINK = /https?:\/\/\S+|\S+\.\S+\/\S*|<[^<>\s]+>|```[\s\S]*```|discord\.gg\S*/;
const SHORTENED: Readonly<Record<string, string>> = {
  you: 'u',
  your: 'ur',
  are: 'r',
  please: 'plz',
  people: 'ppl',
  for: '4',
  to: '2',
  because: 'cuz',
  "i'm": 'im',
  with: 'w/',
  about: 'abt',
  really: 'rly',
  thanks: 'thx',
  and: '&',
};

/** The text as somebody types it in a hurry: casing, short forms, slips of letters, lost or repeated signs; links stay. */
export function roughen(text: string, label: 'ham' | 'spam', random: () => number): string {
  const cased = recase(text, label, random);
  const sign = random() < 0.15 ? pick(['!', '!!', '...', '?', ' ', '.', '~'], random) : '';
  return (
    cased
      .split(/(\s+)/)
      .map((word) => roughenWord(word, random))
      .join('') + sign.trimEnd()
  );
}

function recase(text: string, label: 'ham' | 'spam', random: () => number): string {
  if (LINK.test(text) && random() < 0.7) return text;
  const at = random();
  if (at < 0.3) return byWord(text, (word) => word.toLowerCase());
  if (at < (label === 'spam' ? 0.4 : 0.36)) return byWord(text, (word) => word.toUpperCase());
  return at < 0.65 ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function byWord(text: string, change: (word: string) => string): string {
  return text
    .split(/(\s+)/)
    .map((word) => (LINK.test(word) ? word : change(word)))
    .join('');
}

function roughenWord(word: string, random: () => number): string {
  if (LINK.test(word) || !/^[a-z']{2,}$/i.test(word)) return word;
  const at = random();
  if (at < 0.04) return SHORTENED[word.toLowerCase()] ?? word;
  if (at > 0.985 && word.length > 4) return slip(word, random);
  return word;
}

/** Two neighbours change places, or one letter is lost or doubled. */
function slip(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, one, two, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
  return before + pick([two + one, one, one + one + two], random) + after;
}
