import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutAt, readText } from '../../src/cli/text-files.js';
import { hash } from '../../src/rnn/random.js';
import { cli, isCliBuilt, type Outcome, runCli } from '../helpers/cli.js';

let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charlatan-texts-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function textOf(bytes: Buffer, start?: number, end?: number): Promise<string> {
  await writeFile(at('text'), bytes);
  let text = '';
  for await (const piece of readText({ path: at('text'), option: '--text' }, start, end)) text += piece;
  return text;
}

describe('a file is decoded in pieces as it would be whole:', () => {
  const chunk = 1 << 20;
  test.each([
    ['characters across the end of a piece', Buffer.from(`${'a'.repeat(chunk - 1)}한🦉${'é'.repeat(chunk)}`)],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.alloc(chunk - 2, 'a'), Buffer.from('e09fc0f0f0', 'hex')]),
    ],
    ['a character cut short at the end', Buffer.from('f09fa6', 'hex')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_, bytes) => {
    expect(await textOf(bytes)).toBe(bytes.toString('utf8'));
  });

  test('without a byte order mark, which is no text', async () => {
    expect(await textOf(Buffer.from('\ufeffa\ufeff'))).toBe('a\ufeff');
  });

  test('cut between code points, at least one before the cut', async () => {
    const bytes = Buffer.from('x한🦉é'); // characters begin at bytes 0, 1, 4 and 8; 10 bytes
    await writeFile(at('cut'), bytes);
    const cut = (share: number) => cutAt({ path: at('cut'), option: '--text' }, share);
    expect(await Promise.all([0, 0.1, 0.2, 0.4, 0.5, 0.8, 0.9, 1].map(cut))).toEqual([
      1, 1, 4, 4, 8, 8, 10, 10,
    ]);
    expect((await textOf(bytes, 0, 4)) + (await textOf(bytes, 4))).toBe('x한🦉é');
  });
});

const minute = (index: number) => new Date(index * 60_000).toISOString();
const archive = (messages: object[]) => messages.map((message) => `${JSON.stringify(message)}\n`).join('');

describe.skipIf(!isCliBuilt)('train', () => {
  const train = (text: string, ...more: string[]): Promise<Outcome> =>
    runCli(['train', '--text', at(text), '--out', at(`${text}.model`), '--json', ...quickly, ...more]);
  const quickly = ['--minutes', '0.003', '--hidden', '8'];
  const scoreOf = ({ out, err }: Outcome) => {
    expect(err).not.toContain('error');
    return (JSON.parse(out) as { bitsPerCharacter: number }).bitsPerCharacter;
  };
  const evaluate = (model: string, text: string) =>
    runCli(['evaluate', '--model', at(`${model}.model`), '--text', at(text), '--json']);

  const binary = Buffer.from(Uint8Array.from({ length: 20_000 }, (_, index) => hash(index) & 255));
  const distinct = Array.from({ length: 10_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(
    '',
  );
  const message = { text: 'hello', author: 'a', channel: 'b', time: 1 };

  test.each<[string, string | Buffer]>([
    ['one-character.txt', 'x'],
    ['one-wide-character.txt', '🦉'],
    ['one-character-repeated.txt', 'z'.repeat(3000)],
    ['10,000-distinct-characters.txt', distinct],
    ['a-single-line-of-1-MB.txt', 'all work and no play '.repeat(50_000)],
    ['a-single-line-without-a-space.txt', 'مرحبا'.repeat(50_000)],
    ['emoji.txt', '👩🏽‍🚀🇰🇷🦉'.repeat(50)],
    ['three-scripts.txt', '안녕 hello مرحبا '.repeat(50)],
    ['invalid-utf-8.txt', Buffer.from('61ff62c361e09f61'.repeat(50), 'hex')],
    ['binary.bin', binary],
    ['one-message.jsonl', archive([message])],
    ['invalid-utf-16.jsonl', archive([{ ...message, text: 'a\ud83d \ude00b' }])],
  ])('learns %s', async (name, content) => {
    await writeFile(at(name), content);
    const trained = await train(name);
    expect(trained.code, trained.err).toBe(0);
    expect(scoreOf(trained)).toBeGreaterThan(0);
    expect(scoreOf(await evaluate(name, name))).toBeLessThan(60);
  });

  test('scores on --valid, a pipe too, and learns all of --text', async () => {
    const verse = 'So long as men can breathe or eyes can see.\n';
    await writeFile(at('learned.txt'), verse.repeat(20));
    await writeFile(at('later.txt'), 'So long lives this, and this gives life to thee.\n');
    const trained = await train('learned.txt', '--valid', at('later.txt'));
    const evaluated = await evaluate('learned.txt', 'later.txt');
    expect(scoreOf(trained)).toBeCloseTo(scoreOf(evaluated), 2);
    const script = 'cat "$1" | "$2" "$3" evaluate --model "$4" --text /dev/stdin --json';
    const names = [at('later.txt'), process.execPath, cli, at('learned.txt.model')];
    expect(execFileSync('sh', ['-c', script, 'sh', ...names], { encoding: 'utf8' })).toBe(evaluated.out);
  });

  test('learns an archive up to a time; its authors keep their tags in another archive', async () => {
    const author = (index: number) => (index % 3 === 0 ? 'ann' : 'bob');
    const messages = Array.from({ length: 200 }, (_, index) => ({
      ch: index % 2 === 0 ? 'tea' : 'coffee',
      t: minute(index),
      u: author(index),
      x: author(index) === 'ann' ? 'yes of course' : 'no never',
      ...(index % 5 === 0 && { re: index - 1 }),
    }));
    // As exports come: channel by channel, blank lines, Windows' line ends.
    const channels = ['tea', 'coffee'].flatMap((name) => messages.filter(({ ch }) => ch === name));
    await writeFile(at('chat.jsonl'), archive(channels).replaceAll('\n', '\r\n\r\n'));
    await writeFile(at('newer.jsonl'), archive(messages.slice(180)));
    const trained = await train('chat.jsonl');
    const evaluated = await evaluate('chat.jsonl', 'newer.jsonl');
    expect(scoreOf(trained)).toBeCloseTo(scoreOf(evaluated), 2);
    // 7 of ann's, every third from 180 to 198: 'yes of course' and a line break; 13 of bob's.
    expect(JSON.parse(evaluated.out)).toMatchObject({ characters: 7 * 14 + 13 * 9 });

    const sampled = await runCli([
      'sample',
      '--model',
      at('chat.jsonl.model'),
      '--prompt',
      'yes',
      '--length',
      '40',
      '--seed',
      '1',
    ]);
    expect([...sampled.out]).toHaveLength(40 + 1);
    expect(sampled.out).not.toMatch(/[\u{100000}-\u{10ffff}]/u);

    await writeFile(at('swapped.jsonl'), archive(messages.slice(180).map((each) => ({ ...each, u: 'zoe' }))));
    expect(scoreOf(await evaluate('chat.jsonl', 'swapped.jsonl'))).not.toBeCloseTo(scoreOf(evaluated), 3);
  });

  test.each([
    ['a line that is no JSON', `${archive([message])}{"text": "cut sh`, ':2: it is not a JSON object'],
    ['a line that is no object', '[1, 2]', ':1: it is not a JSON object'],
    ['a message without a text', `\n\n${archive([{ time: 1 }])}`, ':3: it lacks a text'],
    ['a message without a time', archive([{ text: 'x', time: 'yesterday' }]), ':1: it lacks a time'],
    ['a line without end', 'x'.repeat(20_000_000), ':1: the line is too long'],
    ['an archive of nothing', '', 'has no messages'],
    ['an archive of empty messages', archive([{ ...message, text: ' ' }]), 'has no messages'],
  ])('%s is refused in one line', async (_, content, words) => {
    await writeFile(at('bad.jsonl'), content);
    const { code, err } = await train('bad.jsonl');
    expect(code).toBe(2);
    expect(err).toContain('bad.jsonl');
    expect(err).toContain(words);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
