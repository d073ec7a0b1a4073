import { editsOf, type Edit } from './edits.js';

const HIDDEN = String.raw`\p{Default_Ignorable_Code_Point}*`;
const spelled = (word: string) => [...word].join(HIDDEN);
/** Whatever stands before and after it: Discord does not look. */
const EVERYONE = new RegExp(
  `[@＠﹫](?:[@＠﹫]|${HIDDEN})*(${spelled('everyone')}|${spelled('here')})`,
  'giu',
);
/** An @ before a name, at the beginning of a word: no e-mail address. */
const NAME = /(?<![\p{L}\p{N}_.+@-])[@＠﹫]+([\p{L}\p{N}_])/gu;
const TAG = /<(?:(@[!&]?|#)\d+|\/([^:<>\n]{1,100}):\d+|a?(:\w{1,32}:)\d+|id:\w+)>/g;
const WORDS: Readonly<Record<string, string>> = {
  '@': '[someone]',
  '@!': '[someone]',
  '@&': '[role]',
  '#': '[channel]',
};

/** What would call people, or look as if it did, in words that do not; an emoji of some server by its name. */
export function findPings(text: string): Edit[] {
  return [
    ...editsOf(text, TAG, ([, kind, command, emoji]) => {
      if (command !== undefined) return `/${command}`;
      return emoji ?? WORDS[kind] ?? '[channel]';
    }),
    ...editsOf(text, EVERYONE, ([, word]) => word),
    ...editsOf(text, NAME, ([, letter]) => letter),
  ];
}
