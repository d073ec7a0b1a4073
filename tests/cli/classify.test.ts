import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeClassifier } from '../../src/classifier/model.js';
import { encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import { inLetters, scoresOn } from '../helpers/classifiers.js';
import { isCliBuilt, runCli as run } from '../helpers/cli.js';
import { randomModel } from '../helpers/rnn-models.js';

/** Lines of fruit and of tools in turns, all different. */
function lines(count: number, from = 0): string {
  const kinds = ['fruit\tapple and plum with', 'tool\thammer and saw for'];
  return Array.from({ length: count }, (_, at) => `${kinds[at % 2]} ${inLetters(from + at)}\n`).join('');
}

describe.skipIf(!isCliBuilt)('classify', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  const model = () => at('things.model');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'charlatan-classify-'));
    await mkdir(at('folder'));
    await writeFile(at('language.model'), encodeCheckpoint(randomModel('abc')));
    const files = {
      'things.tsv': lines(400),
      'unseen.tsv': lines(100, 10_000),
      'no-tab.tsv': `${lines(6)}apple without a label\n`,
      'no-text.tsv': `${lines(6)}fruit\t  \n`,
      'no-label.tsv': `${lines(6)} \tapple\n`,
      'long-label.tsv': `${lines(6)}${'fruit'.repeat(21)}\tapple\n`,
      'one-label.tsv': 'fruit\tapple\n'.repeat(20),
      'rare.tsv': `label\ttext\n${lines(20)}`,
      'unknown.tsv': `${lines(6)}meat\tham\n`,
      'wall.tsv': `${lines(6)}fruit\t${'apple '.repeat(175_000)}\n`, // 1.05 MB
      'empty.tsv': '',
      'blank.tsv': '\n \n\r\n',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
    const trained = await run(['classify', 'train', '--data', at('things.tsv'), '--out', model()]);
    expect(trained.code, trained.err).toBe(0);
    expect(trained.out).toMatch(
      /things\.model: accuracy \d+\.\d %, macro F1 \d+\.\d % on \d+ held-out examples\n$/,
    );
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('learns, says so as JSON, and the same seed gives the same file', async () => {
    const flags = ['--data', at('things.tsv'), '--out', at('again.model'), '--minutes', '0.1', '--seed', '1'];
    const { code, out, err } = await run(['classify', 'train', ...flags, '--threads', '1', '--json']);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual({
      engine: expect.any(String) as string,
      threads: 1,
      examples: 400,
      seconds: expect.any(Number) as number,
      heldOut: scoresOn(expect.any(Number) as number),
      seed: 1,
      out: at('again.model'),
    });
    expect(err).toContain('400 examples of fruit, tool');
    expect(await readFile(at('again.model'))).toEqual(await readFile(model()));
    const { labels, metadata } = decodeClassifier(await readFile(model()));
    expect(labels).toEqual(['fruit', 'tool']);
    expect(metadata).toEqual({ data: at('things.tsv'), seed: '1', examples: '400', invented: '0' });
  });

  test('adds invented messages where the labels are its own', async () => {
    const spam = Array.from(
      { length: 20 },
      (_, index) => `${index % 2 ? 'spam' : 'ham'}\tzorble ${inLetters(index)}\n`,
    );
    await writeFile(at('spam.tsv'), spam.join(''));
    const { code, err } = await run([
      'classify',
      'train',
      '--data',
      at('spam.tsv'),
      '--out',
      at('spam.model'),
    ]);
    expect(code, err).toBe(0);
    expect(decodeClassifier(await readFile(at('spam.model'))).metadata).toMatchObject({
      examples: '20',
      invented: '8000',
    });
  });

  test('evaluates on messages it has not learned from', async () => {
    const flags = ['classify', 'evaluate', '--model', model(), '--data', at('unseen.tsv')];
    const { code, out, err } = await run([...flags, '--json']);
    expect(code, err).toBe(0);
    const report = JSON.parse(out) as { accuracy: number; messagesPerSecond: number };
    expect(report).toEqual({
      ...scoresOn(100),
      messagesPerSecond: expect.any(Number) as number,
      engine: expect.any(String) as string,
    });
    expect(report).toMatchObject({ labels: { fruit: { support: 50 }, tool: { support: 50 } } });
    expect(report.accuracy).toBeGreaterThan(0.95);
    expect(report.messagesPerSecond).toBeGreaterThan(0);

    const people = await run(flags);
    expect(people.out).toMatch(
      /^accuracy \d+\.\d %, macro F1 \d+\.\d %, macro recall \d+\.\d % on 100 examples\n/,
    );
    expect(people.out).toContain('fruit: precision ');
    expect(people.out).toMatch(/\n\d+ messages a second on one thread/);
  });

  test('evaluates on some of its labels', async () => {
    await writeFile(at('fruit.tsv'), 'fruit\tapple and plum\n');
    const { code, out } = await run([
      'classify',
      'evaluate',
      '--model',
      model(),
      '--data',
      at('fruit.tsv'),
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ examples: 1, accuracy: 1, macroRecall: 1 / 2 });
  });

  test('reads files of Windows as any others, with a byte order mark', async () => {
    const windows = `\ufeff${(await readFile(at('things.tsv'), 'utf8')).replaceAll('\n', '\r\n')}`;
    await writeFile(at('windows.tsv'), windows);
    const trained = await run([
      'classify',
      'train',
      '--data',
      at('windows.tsv'),
      '--out',
      at('windows.model'),
    ]);
    expect(trained.code, trained.err).toBe(0);
    const [ours, theirs] = [model(), at('windows.model')].map(async (path) =>
      decodeClassifier(await readFile(path)),
    );
    expect({ ...(await theirs), metadata: {} }).toEqual({ ...(await ours), metadata: {} });
  });

  test('answers each line by a line, and is told lines of Windows by nothing', async () => {
    const ask = (input: string) => run(['classify', 'run', '--model', model()], undefined, {}, input);
    const { code, out, err } = await ask('apple and plum\nhammer and saw\n');
    expect(code, err).toBe(0);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    expect(answers.map(({ label }) => label)).toEqual(['fruit', 'tool']);
    for (const { probabilities, ...rest } of answers) {
      expect(Object.keys(rest)).toEqual(['label']);
      expect(Object.keys(probabilities)).toEqual(['fruit', 'tool']);
      expect(probabilities.fruit + probabilities.tool).toBeCloseTo(1, 3);
    }
    expect((await ask('\ufeffapple and plum\r\nhammer and saw')).out).toBe(out);
    expect(await ask('')).toMatchObject({ code: 0, out: '' });
  });

  test('answers a line that it cannot read by its error, goes on, and exits with 2', async () => {
    const input = ['apple', '', ' \r', 'x'.repeat(100_001), 'hammer'].join('\n');
    const { code, out } = await run(['classify', 'run', '--model', model()], undefined, {}, input);
    expect(code).toBe(2);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Partial<Answer>);
    expect(answers.map(({ label }) => label)).toEqual(['fruit', undefined, undefined, undefined, 'tool']);
    expect(answers[1]).toEqual({ error: 'the text is empty: leave the line out' });
    expect(answers[2]).toEqual(answers[1]);
    expect(answers[3]).toEqual({
      error: 'the text has more than 100000 characters: give one message a line',
    });
  });

  test('answers thousands of lines in order', async () => {
    const toldOf: Record<string, string> = { apple: 'fruit', hammer: 'tool' };
    const asked = Array.from({ length: 1_000 }, (_, index) =>
      index % 3 ? 'apple' : index % 2 ? '' : 'hammer',
    );
    const { code, out } = await run(
      ['classify', 'run', '--model', model()],
      undefined,
      {},
      asked.map((text) => `${text}\n`).join(''),
    );
    expect(code).toBe(2);
    const labels = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Partial<Answer>).label);
    expect(labels).toEqual(asked.map((text) => toldOf[text]));
  });

  test('takes the longest message there may be', async () => {
    await writeFile(at('longest.tsv'), `${lines(20)}fruit\t${'🍎'.repeat(50_000)}\n`);
    const { code, err } = await run([
      'classify',
      'train',
      '--data',
      at('longest.tsv'),
      '--out',
      at('longest.model'),
    ]);
    expect(code, err).toBe(0);
  });

  const train = (name: string, ...more: string[]) => [
    'train',
    '--data',
    `FOLDER/${name}`,
    '--out',
    'FOLDER/m',
    ...more,
  ];
  const evaluate = (name: string, path = 'FOLDER/things.model') => [
    'evaluate',
    '--model',
    path,
    '--data',
    `FOLDER/${name}`,
  ];
  test.each([
    ['a line without a tab', train('no-tab.tsv'), 'no-tab.tsv:7: there is no label: write label TAB text'],
    ['an empty text', train('no-text.tsv'), 'no-text.tsv:7: the text is empty'],
    ['an empty label', train('no-label.tsv'), 'no-label.tsv:7: there is no label'],
    [
      'a label that is a text',
      train('long-label.tsv'),
      'long-label.tsv:7: the label has more than 100 characters',
    ],
    ['a single label', train('one-label.tsv'), 'has only the label fruit: give examples of at least two'],
    ['a label with hardly an example', train('rare.tsv'), 'has fewer than 5 examples of label'],
    ['a line of a megabyte', train('wall.tsv'), 'wall.tsv:7: the text has more than 100000 characters'],
    ['an empty file', train('empty.tsv'), 'has no lines: give --data a file of label TAB text'],
    ['a file of blanks', train('blank.tsv'), 'has no lines'],
    ['no file', train('none.tsv'), 'no such file'],
    ['a folder for a file', train('folder'), 'folder'],
    ['no time', train('things.tsv', '--minutes', '0'), '0.001'],
    ['no folder for the output', ['train', '--data', 'FOLDER/things.tsv', '--out', 'FOLDER/a/b'], '--out'],
    [
      'a folder for the output',
      ['train', '--data', 'FOLDER/things.tsv', '--out', 'FOLDER/folder'],
      'is a folder',
    ],
    [
      'a classifier to start from',
      train('things.tsv', '--from', 'FOLDER/things.model'),
      '--from needs a file that train wrote',
    ],
    ['nothing to start from', train('things.tsv', '--from', 'FOLDER/none'), 'give --from a file'],
    [
      'a label it does not know',
      evaluate('unknown.tsv'),
      'has the label meat, which the classifier does not know: it knows fruit, tool',
    ],
    ['a bad line to score on', evaluate('no-tab.tsv'), 'no-tab.tsv:7: there is no label'],
    ['nothing to score on', evaluate('empty.tsv'), 'has no lines'],
    [
      'a language model',
      evaluate('things.tsv', 'FOLDER/language.model'),
      '--model needs a file that classify train wrote',
    ],
    [
      'a language model to run',
      ['run', '--model', 'FOLDER/language.model'],
      '--model needs a file that classify train wrote',
    ],
    ['a file that is no model', evaluate('things.tsv', 'FOLDER/things.tsv'), 'not a model file'],
    ['no model', evaluate('things.tsv', 'FOLDER/none'), 'give --model a file'],
    ['a flag left out', ['train', '--out', 'm'], '(--help explains)'],
    ['a flag that does not exist', ['run', '--model', 'm', '--jsn'], '--jsn'],
    ['a command that does not exist', ['judge'], 'judge'],
  ])('%s gives one clear line and exit code 2', async (_, args, words) => {
    const { code, out, err } = await run(['classify', ...args.map((arg) => arg.replace('FOLDER', folder))]);
    expect(err).toContain(words);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

interface Answer {
  label: string;
  probabilities: { fruit: number; tool: number };
}
