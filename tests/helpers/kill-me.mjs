// Trains with a clock that ticks 10 ms at each look, prints each step's loss, and saves its state every few steps, until
// it is done or has printed so many lines: then it kills itself, as a power cut would. Usage: node kill-me.mjs STATE_FILE
// [LINES]; a state that is already there is resumed.
import { existsSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { chooseKernel } from '../../dist/src/rnn/kernel/choose.js';
import { train } from '../../dist/src/rnn/training.js';
import { buildVocabulary } from '../../dist/src/rnn/vocabulary.js';

const SAVE_EVERY = 7;
const [file, killAfter = 'never'] = process.argv.slice(2);
let lines = 0;
const text = 'It was the best of times, it was the worst of times, it was the age of wisdom. '.repeat(20);
const vocabulary = buildVocabulary([text]);
let time = 0;
const training = train({
  kernel: chooseKernel(undefined, 2).kernel,
  vocabulary,
  train: vocabulary.encode(text),
  valid: vocabulary.encode(text.slice(0, 200)),
  hyperparameters: { hidden: 32, layers: 2, batch: 4, steps: 16, dropout: 0.2, weightDropout: 0.2 },
  budgetMs: 4_000,
  maxSteps: 90,
  now: () => (time += 10),
  seed: 5,
  progressMs: 0,
  ...(existsSync(file) ? { resume: new Uint8Array(readFileSync(file)) } : {}),
});
for (let turn = training.next(); !turn.done; turn = training.next()) {
  const { step, trainBits, bitsPerCharacter, save } = turn.value;
  writeSync(1, `${JSON.stringify([step, trainBits, bitsPerCharacter ?? null])}\n`);
  if (++lines === Number(killAfter)) process.kill(process.pid, 'SIGKILL');
  if (step % SAVE_EVERY === 0) {
    writeFileSync(`${file}.tmp`, save());
    renameSync(`${file}.tmp`, file);
  }
}
writeSync(1, '"done"\n');
