/** The unfinished word at the end; scripts without spaces end one with every letter. */
const LAST_WORD = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]*$/u;
/** Words that what follows may still make part of an address, a number or a spread word: "discord .", "+44 7700", "b a". */
const OPEN_WORD = /(?<!\S)(?:\S*\d\S*|[([{<]?(?:dot|at|discord)[)\]}>]?|\S{0,2}|\S*[./:@]|[./:@]\S*)\s+$/iu;
/** And the word before one that only joins two. */
const JOINED_WORD = /(?<!\S)\S+\s+$/u;
const JOINT = /^\s*(?:[./:@]|[([{<]?(?:dot|at)[)\]}>]?)/iu;
/** More is not waited for. */
const MOST_UNITS = 200;

/** As much of a text that is still being written as no further character changes the meaning of. */
export function settled(text: string): string {
  let end = text.length - (LAST_WORD.exec(text.slice(-MOST_UNITS))?.[0].length ?? 0);
  for (;;) {
    const before = text.slice(Math.max(0, text.length - MOST_UNITS), end);
    const isJoint = JOINT.test(text.slice(end));
    const open = (isJoint ? JOINED_WORD : OPEN_WORD).exec(before);
    if (open === null || open[0].length === 0) return text.slice(0, end);
    end -= open[0].length;
  }
}
