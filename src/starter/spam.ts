import { signalsOf } from '../corpus/signals.js';
import { chat } from './chat.js';
import { drawCircumstances } from './circumstances.js';
import { pick, writeOut } from './grammar.js';
import { koreanLures } from './korean-lures.js';
import { longChat } from './long-chat.js';
import { lures } from './lures.js';
import { roughen } from './roughen.js';
import { words } from './words.js';

export interface GeneratedExample {
  text: string;
  signals: readonly string[];
  label: 'ham' | 'spam';
}

const SHARE_OF_SPAM = 0.45;
/** Messages joined in one, so that no example need be one template, and ham is as long as spam. */
const SHARE_JOINED = 0.3;
const KINDS = {
  spam: [...Object.values(lures), ...Object.values(koreanLures)],
  // Long kinds twice: chat of one topic is mostly of them.
  ham: [...Object.values(chat), ...Object.values(longChat), ...Object.values(longChat)],
};

/** Invented messages of both labels, the same for the same dice: every kind is as likely as any other of its label. */
export function generateSpam(random: () => number, count: number): GeneratedExample[] {
  return Array.from({ length: count }, () => generate(random));
}

function generate(random: () => number): GeneratedExample {
  const label = random() < SHARE_OF_SPAM ? 'spam' : 'ham';
  const written = write(label, random);
  const text = random() < SHARE_JOINED ? joined(written, label, random) : written;
  const content = roughen(text, label, random);
  return { text: content, signals: signalsOf(drawCircumstances(content, label, random)), label };
}

function write(label: 'ham' | 'spam', random: () => number): string {
  return writeOut(pick(pick(KINDS[label], random), random), words, random);
}

/** Spam stays spam with chat around it; chat is joined to chat alone. */
function joined(text: string, label: 'ham' | 'spam', random: () => number): string {
  const other = write('ham', random);
  const between = pick([' ', '\n', '. ', ', '], random);
  const whole =
    label === 'spam' && random() < 0.5 ? `${text}${between}${other}` : `${other}${between}${text}`;
  return label === 'ham' && random() < 0.5 ? joined(whole, label, random) : whole;
}
