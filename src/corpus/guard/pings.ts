import { editsOf, type Edit } from '../edits.js';
import { findTags } from '../tags.js';

const HIDDEN = String.raw`\p{Default_Ignorable_Code_Point}`;
const spelled = (word: string) => [...word].join(`${HIDDEN}*`);
/** Whatever stands before and after it: Discord does not look. */
const EVERYONE = new RegExp(
  `(?<![@＠﹫])[@＠﹫][@＠﹫${HIDDEN}]*(${spelled('everyone')}|${spelled('here')})`,
  'giu',
);
/** An @ before a name, at the beginning of a word: no e-mail address. */
const NAME = /(?<![\p{L}\p{N}_.+@-])[@＠﹫]+([\p{L}\p{N}_])/gu;
const WORDS = { someone: '[someone]', role: '[role]', channel: '[channel]' };

/** What would call people, or look as if it did, in words that do not; an emoji of some server by its name. */
export function findPings(text: string): Edit[] {
  return [
    ...findTags(text, WORDS),
    ...editsOf(text, EVERYONE, ([, word]) => word),
    ...editsOf(text, NAME, ([, letter]) => letter),
  ];
}
