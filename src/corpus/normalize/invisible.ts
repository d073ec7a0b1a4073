import { rewrite, type Traced } from './traced.js';

/** Scripts in which joiners shape the letters: Arabic, Syriac, Mongolian, and India's from Devanagari on. */
const JOINING = String.raw`[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\u0900-\u0dff]`;
const PICTURE = String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f]?[\u{1f3fb}-\u{1f3ff}]?`;
/** What holds something invisible that has work to do; none of these begins with it. */
const AT_WORK = [
  String.raw`\u{1f3f4}[\u{e0020}-\u{e007e}]{2,6}\u{e007f}`, // a flag spelled in tags
  String.raw`${PICTURE}(?:\u200d${PICTURE})*`,
  String.raw`[0-9#*]\ufe0f?\u20e3`,
  String.raw`${JOINING}[\u200c\u200d](?=${JOINING})`,
];
const AT_WORK_OR_NOT = new RegExp(`${AT_WORK.join('|')}|\\p{Default_Ignorable_Code_Point}+`, 'gu');
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}/u;
const ODD_BLANK = /(?! )[\p{Zs}\u2800]/gu;

/** Takes out what is not seen, save where it shapes an emoji or a letter; every blank becomes a space. */
export function invisible(source: Traced): Traced {
  const seen = rewrite(source, AT_WORK_OR_NOT, (match) => (INVISIBLE.test(match) ? '' : undefined));
  return rewrite(seen, ODD_BLANK, () => ' ');
}
