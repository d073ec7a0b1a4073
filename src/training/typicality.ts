/** A text and how much it surprises the model. */
export interface Scored {
  characters: number;
  bitsPerCharacter: number;
}

/** Fewer messages say nothing. */
const MIN_MESSAGES = 30;
/** Messages that a text is compared with. */
const NEAREST = 100;

/**
 * The share of messages that surprise the model more per character than a text does; equals count half. A short message
 * varies far more than a long one, whose characters average out, and the first characters of any are the hardest: so
 * it is compared with the messages nearest in length alone, by ratio. Undefined when there are too few, or no text.
 */
export function typicality(text: Scored, messages: readonly Scored[]): number | undefined {
  if (text.characters === 0 || messages.length < MIN_MESSAGES) return undefined;
  const distance = ({ characters }: Scored) => Math.abs(Math.log(characters / text.characters));
  const nearest = messages.toSorted((a, b) => distance(a) - distance(b)).slice(0, NEAREST);
  const more = nearest.reduce(
    (sum, { bitsPerCharacter }) => sum + (1 + Math.sign(bitsPerCharacter - text.bitsPerCharacter)) / 2,
    0,
  );
  return more / nearest.length;
}
