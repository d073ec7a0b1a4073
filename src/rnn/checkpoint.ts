import type { SizedFor } from './hyperparameters.js';
import { cells, layoutOf, type Cell, type Shape } from './kernel/layout.js';
import { CheckpointError, decodeTensors, encodeTensors, isRecord, type NamedTensor } from './safetensors.js';
import { FIRST_CHARACTER, MAX_SYMBOLS } from './symbols.js';
import { createVocabulary, type Vocabulary } from './vocabulary.js';

export { CheckpointError } from './safetensors.js';

/** A network and the symbols it reads. */
export interface Network {
  readonly shape: Shape;
  readonly vocabulary: Vocabulary;
  /** Every tensor in one flat buffer, in the order of `layoutOf(shape)`. */
  readonly parameters: Float32Array;
}

/** A trained model: all that sampling and evaluation need. */
export interface Checkpoint extends Network {
  /** How it came about: scores, seed, steps, hyper-parameters, the corpus it saw. Free for callers to add to. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the network's size was chosen for; undefined of a model that does not say. */
export function sizedFor({ metadata }: Pick<Checkpoint, 'metadata'>): SizedFor | undefined {
  const characters = Number(metadata.sizedForCharacters);
  const milliseconds = Number(metadata.sizedForMilliseconds);
  return characters > 0 && milliseconds > 0 ? { characters, milliseconds } : undefined;
}

/** The authors whom a model of a chat knows by a tag, in the order of their tags; none of a model of a text. */
export function speakersOf({ metadata }: Checkpoint): string[] {
  try {
    const speakers: unknown = JSON.parse(metadata.speakers);
    return Array.isArray(speakers) ? speakers.map(String) : [];
  } catch {
    return [];
  }
}

/** Says that the file is ours, and how to read it; raised when the meaning of its contents changes. */
const FORMAT = 'charlatan-rnn-1';
const OURS = ['format', 'shape', 'vocabulary'];

/** Generous limits, so that a damaged header asks for no absurd amount of memory. */
const MAX_HIDDEN = 1 << 16;
const MAX_LAYERS = 64;
const MAX_CLASSES = 1_000;

/** The checkpoint as the bytes of a safetensors file. The same checkpoint gives the same bytes. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { metadata, tensors } = describeNetwork(checkpoint);
  return encodeTensors({ metadata: { ...checkpoint.metadata, format: FORMAT, ...metadata }, tensors });
}

/**
 * Reads what `encodeCheckpoint` wrote, bit for bit.
 * @throws CheckpointError when the bytes are cut short, altered, of another kind, or hold a number that is not finite
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { metadata, tensors } = decodeTensors(bytes);
  if (metadata.format !== FORMAT) {
    throw new CheckpointError(`this safetensors file is not a model of ours: it lacks format ${FORMAT}`);
  }
  return {
    ...readNetwork(metadata, tensors),
    metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !OURS.includes(key))),
  };
}

/** A network as entries of a file's metadata and as tensors, for files that hold more than a network, too. */
export function describeNetwork({ shape, vocabulary, parameters }: Network): {
  metadata: Record<string, string>;
  tensors: NamedTensor[];
} {
  const { cell, hidden, layers, classes } = shape;
  return {
    metadata: {
      shape: JSON.stringify({ cell, vocabulary: shape.vocabulary, hidden, layers, classes }),
      vocabulary: JSON.stringify(vocabulary),
    },
    tensors: layoutOf(shape).tensors.map(({ name, shape, offset, size }) => ({
      name,
      shape,
      values: parameters.subarray(offset, offset + size),
    })),
  };
}

/** Reads what `describeNetwork` gave. @throws CheckpointError */
export function readNetwork(
  metadata: Readonly<Record<string, string>>,
  tensors: readonly NamedTensor[],
): Network {
  const shape = readShape(metadata.shape);
  const vocabulary = readVocabulary(metadata.vocabulary);
  if (vocabulary.size !== shape.vocabulary) {
    throw new CheckpointError(
      'the model file is damaged: its vocabulary does not have the size of its shape',
    );
  }
  const layout = layoutOf(shape);
  const parameters = new Float32Array(tensors.reduce((sum, { values }) => sum + values.length, 0));
  if (parameters.length !== layout.size || tensors.length !== layout.tensors.length) {
    throw new CheckpointError('the model file is damaged: its tensors do not fit its shape');
  }
  layout.tensors.forEach((expected, index) => {
    const { name, shape, values } = tensors[index];
    if (name !== expected.name || shape.join() !== expected.shape.join()) {
      throw new CheckpointError(`the model file is damaged: it lacks tensor ${expected.name}`);
    }
    if (!values.every(Number.isFinite)) {
      throw new CheckpointError(
        `the model file is damaged: tensor ${name} holds a number that is not finite`,
      );
    }
    parameters.set(values, expected.offset);
  });
  return { shape, vocabulary, parameters };
}

function readShape(json: string | undefined): Shape {
  const shape = parse(json, 'shape');
  const { cell, vocabulary, hidden, layers, classes } = shape;
  const isSize = (value: unknown, max: number): value is number =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
  if (
    !cells.includes(cell as Cell) ||
    !isSize(vocabulary, MAX_SYMBOLS) ||
    !isSize(hidden, MAX_HIDDEN) ||
    !isSize(layers, MAX_LAYERS) ||
    !(classes === undefined || isSize(classes, MAX_CLASSES))
  ) {
    throw new CheckpointError('the model file is damaged: its shape is not one this version knows');
  }
  return { cell: cell as Cell, vocabulary, hidden, layers, ...(classes !== undefined && { classes }) };
}

function readVocabulary(json: string | undefined): Vocabulary {
  const { codePoints } = parse(json, 'vocabulary');
  const isCodePoint = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < 0x110000;
  if (
    !Array.isArray(codePoints) ||
    codePoints.length > MAX_SYMBOLS - FIRST_CHARACTER ||
    !codePoints.every(isCodePoint) ||
    new Set(codePoints).size !== codePoints.length
  ) {
    throw new CheckpointError('the model file is damaged: its vocabulary is not a list of code points');
  }
  return createVocabulary(codePoints as number[]);
}

function parse(json: string | undefined, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    value = undefined;
  }
  if (!isRecord(value)) throw new CheckpointError(`the model file is damaged: its ${what} cannot be read`);
  return value;
}
