const CURVE = {
  points: [{ bitsPerCharacter: 4.31 }],
  bitsPerCharacter: 2.05,
  liveBitsPerCharacter: 2.31,
  ngramBitsPerCharacter: 2.62,
};
const PREDICTION = {
  next: [' ', '\n', 'x'].map((character) => ({ character, end: false, probability: 0.25 })),
  surprise: [{}, {}],
  bitsPerCharacter: 2.05,
};

export const pictures: Record<string, unknown[][]> = {
  'pictures.lossCurveAlt': [
    [CURVE],
    [{ ...CURVE, points: [], liveBitsPerCharacter: undefined, ngramBitsPerCharacter: undefined }],
  ],
  'pictures.lossTime': [['seconds'], ['minutes']],
  'pictures.lossNumber': [[1_234.5, 1]],
  'pictures.lossThisModel': [[2.05]],
  'pictures.lossLiveModel': [[2.05]],
  'pictures.lossNgram': [[2.05]],
  'pictures.lossAtEnd': [[2.05]],
  'pictures.predictionAlt': [[PREDICTION], [{ ...PREDICTION, surprise: [] }]],
  'pictures.predictionMean': [
    [2.05, undefined],
    [2.05, 0.42],
  ],
  'pictures.predictionScaleEnd': [[12]],
  'pictures.predictionPercent': [[0.42], [0.042], [0.0001]],
};
