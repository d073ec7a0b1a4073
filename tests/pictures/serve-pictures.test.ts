import { MessageChannel } from 'node:worker_threads';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MoodData } from '../../src/pictures/mood.js';
import type { Picture, PictureMessage, PictureRequest, Theme } from '../../src/pictures/protocol.js';
import { servePictures } from '../../src/pictures/serve-pictures.js';

const DAY_MS = 86_400_000;
const last = Date.UTC(2026, 2, 1);

const bucket = (daysBefore: number) => ({
  start: last - daysBefore * DAY_MS,
  negative: 1 + (daysBefore % 5),
  neutral: 4,
  positive: 2,
});
const mood = (days: number, buckets: MoodData['buckets']): Picture => ({
  kind: 'mood',
  data: { unit: 'day', first: last - (days - 1) * DAY_MS, last, buckets },
});
const version = (number: number) => ({
  version: number,
  createdAt: last,
  precision: 0.9,
  recall: 1 / number,
  verdicts: 10 * number,
});

const lossCurve = (points: number): Picture => ({
  kind: 'lossCurve',
  data: {
    points: Array.from({ length: points }, (_, index) => ({
      trainedMs: 1_000 * (index + 1),
      loss: 3 + 1 / (index + 1),
      bitsPerCharacter: index % 3 === 0 ? 2 + 1 / (index + 1) : undefined,
    })),
    liveBitsPerCharacter: points > 1 ? 2.1 : undefined,
    ngramBitsPerCharacter: 2.6,
    bitsPerCharacter: 2,
  },
});
const prediction = (text: string): Picture => ({
  kind: 'prediction',
  data: {
    next: [
      { character: '요', end: false, probability: 0.5 },
      { character: '', end: true, probability: 0.3 },
      { character: '\u{1f600}', end: false, probability: 0.1 },
    ],
    rest: 0.1,
    surprise: [...text].map((character, index) => ({ character, bits: index % 12 })),
    bitsPerCharacter: 5.5,
    typical: 0.5,
  },
});

const corpus = (days: number, messages: number): Picture => ({
  kind: 'corpus',
  data: {
    first: 0,
    last: (days - 1) * 86_400_000,
    channels: ['general', '한국어', undefined].map((name) => ({
      name,
      messages: Array.from({ length: days }, () => messages),
    })),
    model: messages > 0 ? { version: 1, trainedAt: 0 } : undefined,
  },
});

/** The picture worker's service in this thread, behind a real port. */
function serve() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  servePictures(port2);
  let id = 0;
  return (picture: Picture, theme: Theme): Promise<PictureMessage> => {
    const asked = id++;
    const answer = new Promise<PictureMessage>((resolve) => {
      port1.on('message', (message: PictureMessage) => message.id === asked && resolve(message));
    });
    port1.postMessage({ id: asked, theme, locale: 'en', ...picture } satisfies PictureRequest);
    return answer;
  };
}

async function pixelsOf(message: PictureMessage) {
  if (message.type !== 'drawn') throw new Error(`expected a picture, not ${JSON.stringify(message)}`);
  expect([...message.png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = await loadImage(message.png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colors = new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4));
  return { width: image.width, height: image.height, corner: [...data.subarray(0, 4)], data, colors };
}

describe('servePictures', () => {
  const pictures: [string, Picture][] = [
    ['a training without a point', lossCurve(0)],
    ['a training of a second', lossCurve(1)],
    ['a training of 200 points', lossCurve(200)],
    ['what comes after nothing', prediction('')],
    ['what comes after a text in many scripts', prediction('안녕하세요 \u{1f600}\n漢字, é \u200d')],
    ['what comes after 400 characters', prediction('가나다 '.repeat(100))],
    ['an empty mood', mood(30, [])],
    ['the mood of one day', mood(30, [bucket(3)])],
    [
      'the mood of a month',
      mood(
        30,
        Array.from({ length: 30 }, (_, day) => bucket(29 - day)),
      ),
    ],
    [
      'the mood of 400 days',
      mood(
        400,
        Array.from({ length: 400 }, (_, day) => bucket(399 - day)),
      ),
    ],
    ['a corpus of one day', corpus(1, 5)],
    ['a corpus of a year', corpus(365, 1_000)],
    ['a corpus of silent days', corpus(30, 0)],
    ['no versions', { kind: 'spamVersions', data: [] }],
    ['one version', { kind: 'spamVersions', data: [version(1)] }],
    ['forty versions', { kind: 'spamVersions', data: Array.from({ length: 40 }, (_, n) => version(n + 1)) }],
  ];

  it.each(pictures)(
    'draws %s on its own background, for both appearances of Discord',
    async (_what, picture) => {
      const draw = serve();
      const dark = await pixelsOf(await draw(picture, 'dark'));
      const light = await pixelsOf(await draw(picture, 'light'));
      for (const { width, height, data } of [dark, light]) {
        expect(width).toBe(2 * 800);
        if (picture.kind !== 'prediction') expect(height).toBe(2 * 520);
        expect(data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
      }
      expect(dark.corner).toEqual([0x2b, 0x2d, 0x31, 255]);
      expect(light.corner).toEqual([255, 255, 255, 255]);
      // Text, lines and their soft edges.
      expect(dark.colors.size).toBeGreaterThan(20);
    },
  );

  it('says what is wrong with a request, and goes on', async () => {
    const draw = serve();
    const nonsense = { kind: 'mood', data: { unit: 'day', first: 0, last: Infinity, buckets: [] } } as const;
    expect(await draw(nonsense, 'dark')).toMatchObject({ type: 'failed', id: 0 });
    expect(await draw(mood(1, []), 'dark')).toMatchObject({ type: 'drawn', id: 1 });
  });
});
