import { rewrite, type Traced } from './traced.js';

/** A right-to-left override and what it turns around: up to its end, another override, or the end of the line. */
const OVERRIDDEN = /\u202e[^\u202c-\u202e\n]*/g;

/** Text under a right-to-left override in the order in which it is shown. */
export function overrides(source: Traced): Traced {
  return rewrite(source, OVERRIDDEN, reversed);
}

function reversed(run: string): Traced {
  const origin: number[] = [];
  let text = '';
  let end = run.length;
  for (const character of [...run.slice(1)].reverse()) {
    end -= character.length;
    text += character;
    for (let unit = 0; unit < character.length; unit++) origin.push(end + unit);
  }
  return { text, origin: Int32Array.from(origin) };
}
