import type { CurvePoint } from '../../training/report.js';
import type { Prediction } from '../../training/writing.js';

interface Curve {
  points: readonly CurvePoint[];
  liveBitsPerCharacter: number | undefined;
  ngramBitsPerCharacter: number | undefined;
  bitsPerCharacter: number;
}

interface Expectation {
  next: readonly Prediction['next'][number][];
  surprise: readonly unknown[];
  bitsPerCharacter: number;
}

/** Of the next characters, how many are told in words. */
const TOLD = 3;

export const pictures = {
  lossCurveAlt: ({ points, bitsPerCharacter, liveBitsPerCharacter, ngramBitsPerCharacter }: Curve) => {
    const first = points.find((point) => point.bitsPerCharacter !== undefined)?.bitsPerCharacter;
    const way =
      first === undefined
        ? `${bits(bitsPerCharacter)} bits per character`
        : `from ${bits(first)} to ${bits(bitsPerCharacter)} bits per character`;
    const others = [
      ...(liveBitsPerCharacter === undefined ? [] : [`the live model has ${bits(liveBitsPerCharacter)}`]),
      ...(ngramBitsPerCharacter === undefined ? [] : [`an n-gram ${bits(ngramBitsPerCharacter)}`]),
    ];
    const compared = others.length === 0 ? '' : ` For comparison, ${others.join(' and ')}.`;
    return `How a training went, on text it did not learn from: ${way}; lower is better.${compared}`;
  },
  lossTitle: () => 'How the training went',
  lossHeldOut: () => 'On held-out text (the line: on a part of it): bits per character, lower is better',
  lossTraining: () => 'On the text it learns from: bits per character',
  lossTime: (unit: 'seconds' | 'minutes') => `Time trained, ${unit}`,
  lossNumber: (value: number, minimumFractionDigits: number) =>
    value.toLocaleString('en', { minimumFractionDigits, maximumFractionDigits: 2 }),
  lossThisModel: (value: number) => `this model ${bits(value)}`,
  lossLiveModel: (value: number) => `live model ${bits(value)}`,
  lossNgram: (value: number) => `n-gram ${bits(value)}`,
  lossAtEnd: (value: number) => `at the end ${bits(value)}`,
  lossNotMeasured: () => 'Not measured while it trained.',
  lossNoLoss: () => 'No loss was kept.',

  predictionAlt: ({ next, surprise, bitsPerCharacter }: Expectation) => {
    const likeliest = next
      .slice(0, TOLD)
      .map(({ character, end, probability }) => `${spoken(character, end)} ${percent(probability)}`);
    const expected = likeliest.join(', ');
    if (surprise.length === 0) return `What the model expects at the beginning of a message: ${expected}.`;
    return (
      `How much each of the text's ${surprise.length.toLocaleString('en')} characters surprised the model, ` +
      `${bits(bitsPerCharacter)} bits each on average, and what it expects next: ${expected}.`
    );
  },
  predictionTitle: () => 'How surprising is this text to the model?',
  predictionBeginning: () => 'How does a message begin?',
  predictionMean: (bitsPerCharacter: number, typical: number | undefined) =>
    typical === undefined
      ? `${bits(bitsPerCharacter)} bits per character.`
      : `${bits(bitsPerCharacter)} bits per character. Of this server's messages of a similar length, ${whole(typical)} surprise it more.`,
  predictionNoText: () => 'No text was given.',
  predictionScale: () => 'Surprise, bits',
  predictionScaleEnd: (most: number) => `${most} or more`,
  predictionNext: () => 'What comes next, by probability',
  predictionEnd: () => 'end of the message',
  predictionOthers: () => 'all others',
  predictionSpace: () => 'space',
  predictionNewLine: () => 'new line',
  predictionPercent: percent,
};

function bits(value: number): string {
  return value.toFixed(2);
}

function whole(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Rare ones stay apart from impossible ones. */
function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function spoken(character: string, end: boolean): string {
  if (end) return 'the end of the message';
  if (character === ' ') return 'a space';
  return character === '\n' ? 'a new line' : `“${character}”`;
}
