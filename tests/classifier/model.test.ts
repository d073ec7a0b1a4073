import { describe, expect, it } from 'vitest';
import { openClassifier } from '../../src/classifier/classifier.js';
import { type ClassifierModel, decodeClassifier, encodeClassifier } from '../../src/classifier/model.js';
import { CheckpointError, encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import { decodeTensors, encodeTensors, type TensorFile } from '../../src/rnn/safetensors.js';
import { kernel, smallClassifier } from '../helpers/classifiers.js';
import { randomModel } from '../helpers/rnn-models.js';

describe('the model file', () => {
  it.each([true, false])('keeps a model bit for bit (with a reader: %s)', (withReader) => {
    const model = smallClassifier({ withReader });
    const bytes = encodeClassifier(model);
    const read = decodeClassifier(bytes);
    const { labels, mixture, metadata } = model;
    expect(read).toMatchObject({ labels, mixture, metadata });
    expect(read.reader?.shape).toEqual(model.reader?.shape);
    // Comparing a million weights one by one would take long.
    expect(Buffer.compare(encodeClassifier(read), bytes)).toBe(0);
    const inputs = ['free money', 'see you', '', '🦉'].map((text) => ({ text, signals: [] }));
    expect(openClassifier(kernel, read).classify(inputs)).toEqual(
      openClassifier(kernel, model).classify(inputs),
    );
  });

  it('is refused when it is cut, wherever', () => {
    const bytes = encodeClassifier(smallClassifier({ withReader: true }));
    for (let share = 0; share < 1; share += 0.01) {
      expect(() => decodeClassifier(bytes.subarray(0, Math.floor(share * bytes.length)))).toThrow(
        CheckpointError,
      );
    }
    expect(() => decodeClassifier(bytes.subarray(0, -1))).toThrow(CheckpointError);
    expect(() => decodeClassifier(Uint8Array.of(...new Uint8Array(8)))).toThrow(CheckpointError);
  });

  it('is refused when a byte is altered, wherever', () => {
    const bytes = encodeClassifier(smallClassifier());
    for (let at = 0; at < bytes.length; at = at < 1_500 ? at + 13 : at + 8_009) {
      const altered = bytes.slice();
      altered[at] ^= 0x10;
      expect(() => decodeClassifier(altered), `byte ${at}`).toThrow(CheckpointError);
    }
  });

  it('is not a language model', () => {
    expect(() => decodeClassifier(encodeCheckpoint(randomModel('abc')))).toThrow(/not a classifier of ours/);
  });

  it.each<[string, (file: TensorFile, model: ClassifierModel) => TensorFile]>([
    ['a label too many', changed({ labels: '["ham","spam","eggs"]' })],
    ['a label too few', changed({ labels: '["ham"]' })],
    ['labels that are numbers', changed({ labels: '[1,2]' })],
    ['labels that are no list', changed({ labels: '{"ham":1}' })],
    ['labels that are no JSON', changed({ labels: '[' })],
    ['a mixture that is too short', changed({ mixture: '[0,1,0]' })],
    ['an empty mixture', changed({ mixture: '[]' })],
    ['a mixture without a number', changed({ mixture: '[0,null,0,0]' })],
    ['a vocabulary of another size', changed({ vocabulary: '{"codePoints":[65]}' })],
    ['a shape of three classes', (file) => changed({ shape: withClasses(file, 3) })(file)],
    ['a reader without a head for labels', (file) => headless(file)],
    [
      'no table',
      (file) => ({ ...file, tensors: file.tensors.filter(({ name }) => !name.startsWith('table.')) }),
    ],
    [
      'a weight that is no number',
      (file) => replaced(file, 'table.weights', (values) => values.fill(NaN, 3, 4)),
    ],
    ['a table of a row too few', (file) => replaced(file, 'table.rarity', (values) => values.subarray(1))],
    ['a table of one row', (file) => oneRow(file)],
    [
      'a weight of the reader that is no number',
      (file) => replaced(file, file.tensors[0].name, (values) => values.fill(Infinity)),
    ],
  ])('is refused with %s', (_, damage) => {
    const model = smallClassifier({ withReader: true });
    const whole = decodeTensors(encodeClassifier(model));
    expect(() => decodeClassifier(encodeTensors(whole))).not.toThrow();
    expect(() => decodeClassifier(encodeTensors(damage(whole, model)))).toThrow(CheckpointError);
  });
});

function changed(metadata: Record<string, string>) {
  return (file: TensorFile): TensorFile => ({ ...file, metadata: { ...file.metadata, ...metadata } });
}

function withClasses({ metadata }: TensorFile, classes: number | undefined): string {
  return JSON.stringify({ ...(JSON.parse(metadata.shape) as object), classes });
}

/** A language model beside the table. */
function headless(file: TensorFile): TensorFile {
  const model = decodeTensors(encodeCheckpoint(randomModel('abc')));
  const { shape, vocabulary } = model.metadata;
  const table = file.tensors.filter(({ name }) => name.startsWith('table.'));
  return { metadata: { ...file.metadata, shape, vocabulary }, tensors: [...model.tensors, ...table] };
}

function replaced(
  file: TensorFile,
  name: string,
  change: (values: Float32Array) => Float32Array,
): TensorFile {
  const tensors = file.tensors.map((tensor) => {
    if (tensor.name !== name) return tensor;
    const values = change(tensor.values.slice());
    return {
      ...tensor,
      values,
      shape: values.length === tensor.values.length ? tensor.shape : [values.length],
    };
  });
  return { ...file, tensors };
}

function oneRow(file: TensorFile): TensorFile {
  const shorter = replaced(file, 'table.rarity', (values) => values.subarray(0, 1));
  return replaced(shorter, 'table.weights', (values) => values.subarray(0, 2));
}
