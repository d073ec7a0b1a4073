import type { pictures as en } from '../en/pictures.js';

const TOLD = 3;

export const pictures: typeof en = {
  lossCurveAlt: ({ points, bitsPerCharacter, liveBitsPerCharacter, ngramBitsPerCharacter }) => {
    const first = points.find((point) => point.bitsPerCharacter !== undefined)?.bitsPerCharacter;
    const way =
      first === undefined
        ? `글자당 ${bits(bitsPerCharacter)}비트입니다`
        : `글자당 ${bits(first)}비트에서 ${bits(bitsPerCharacter)}비트가 되었습니다`;
    const others = [
      ...(liveBitsPerCharacter === undefined ? [] : [`현재 모델은 ${bits(liveBitsPerCharacter)}비트`]),
      ...(ngramBitsPerCharacter === undefined ? [] : [`n-gram은 ${bits(ngramBitsPerCharacter)}비트`]),
    ];
    const compared = others.length === 0 ? '' : ` 참고로 ${others.join(', ')}입니다.`;
    return `학습 과정: 학습에 쓰지 않은 글에서 ${way}. 낮을수록 좋습니다.${compared}`;
  },
  lossTitle: () => '학습 과정',
  lossHeldOut: () => '학습에 쓰지 않은 글(선은 그 일부): 글자당 비트, 낮을수록 좋음',
  lossTraining: () => '학습한 글: 글자당 비트',
  lossTime: (unit) => `학습 시간(${unit === 'seconds' ? '초' : '분'})`,
  lossNumber: (value, minimumFractionDigits) =>
    value.toLocaleString('ko', { minimumFractionDigits, maximumFractionDigits: 2 }),
  lossThisModel: (value) => `새 모델 ${bits(value)}`,
  lossLiveModel: (value) => `현재 모델 ${bits(value)}`,
  lossNgram: (value) => `n-gram ${bits(value)}`,
  lossAtEnd: (value) => `마지막 ${bits(value)}`,
  lossNotMeasured: () => '학습하는 동안 측정한 값이 없습니다.',
  lossNoLoss: () => '기록된 손실이 없습니다.',

  predictionAlt: ({ next, surprise, bitsPerCharacter }) => {
    const likeliest = next
      .slice(0, TOLD)
      .map(({ character, end, probability }) => `${spoken(character, end)} ${percent(probability)}`);
    const expected = likeliest.join(', ');
    if (surprise.length === 0) return `모델이 메시지의 첫 글자로 예상하는 것입니다: ${expected}.`;
    return (
      `글자 ${surprise.length.toLocaleString('ko')}개가 각각 모델에게 얼마나 뜻밖이었는지(평균 ${bits(bitsPerCharacter)}비트)와 ` +
      `다음에 올 글자의 확률을 나타낸 그림입니다: ${expected}.`
    );
  },
  predictionTitle: () => '이 글은 모델에게 얼마나 뜻밖일까요?',
  predictionBeginning: () => '메시지는 어떻게 시작할까요?',
  predictionMean: (bitsPerCharacter, typical) =>
    typical === undefined
      ? `글자당 ${bits(bitsPerCharacter)}비트입니다.`
      : `글자당 ${bits(bitsPerCharacter)}비트입니다. 길이가 비슷한 이 서버의 메시지 중 ${whole(typical)}가 이 글보다 더 뜻밖입니다.`,
  predictionNoText: () => '입력한 글이 없습니다.',
  predictionScale: () => '뜻밖인 정도(비트)',
  predictionScaleEnd: (most) => `${most} 이상`,
  predictionNext: () => '다음에 올 글자의 확률',
  predictionEnd: () => '메시지 끝',
  predictionOthers: () => '그 밖의 글자',
  predictionSpace: () => '띄어쓰기',
  predictionNewLine: () => '줄 바꿈',
  predictionPercent: percent,
};

function bits(value: number): string {
  return value.toFixed(2);
}

function whole(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function percent(share: number): string {
  if (share > 0 && share < 0.001) return '0.1% 미만';
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}

function spoken(character: string, end: boolean): string {
  if (end) return '메시지 끝';
  if (character === ' ') return '띄어쓰기';
  return character === '\n' ? '줄 바꿈' : `‘${character}’`;
}
