/** Words and phrases by the name of the slot that they fill. */
export type Lexicon = Readonly<Record<string, readonly string[]>>;

const CHOICE = /\[([^[\]]*)\]|\{(\w+)\}/g;
const DEEPEST = 6;

/** Writes a template out: one of [a|b|c], and a drawn word for {slot}, which may itself hold both. */
export function writeOut(template: string, lexicon: Lexicon, random: () => number): string {
  let text = template;
  for (let depth = 0; depth < DEEPEST && /[[{]/.test(text); depth++) {
    text = text.replace(CHOICE, (_, choices: string | undefined, slot: string) =>
      choices === undefined ? fill(slot, lexicon, random) : pick(choices.split('|'), random),
    );
  }
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ([,.!?])/g, '$1')
    .trim();
}

export function pick<T>(choices: readonly T[], random: () => number): T {
  return choices[Math.floor(random() * choices.length)];
}

function fill(slot: string, lexicon: Lexicon, random: () => number): string {
  if (slot === 'digit') return String(Math.floor(random() * 10));
  const words = lexicon[slot];
  if (words === undefined) throw new Error(`no words for {${slot}}`);
  return pick(words, random);
}
