import { CheckpointError, describeNetwork, type Network, readNetwork } from '../rnn/checkpoint.js';
import { decodeTensors, encodeTensors, type NamedTensor } from '../rnn/safetensors.js';
import type { Mixture } from './calibration.js';
import type { Table } from './table.js';

/** A trained classifier: both experts, and how their opinions are mixed. */
export interface ClassifierModel {
  /** In the order of every list of probabilities. */
  readonly labels: readonly string[];
  /** Undefined where there were too few examples to learn to read. */
  readonly reader?: Network;
  readonly table: Table;
  readonly mixture: Mixture;
  /** How it came about. */
  readonly metadata: Readonly<Record<string, string>>;
}

const FORMAT = 'charlatan-classifier-1';
const OURS = ['format', 'shape', 'vocabulary', 'labels', 'mixture'];
const TABLE = 'table.';

/** The model as the bytes of a safetensors file. The same model gives the same bytes. */
export function encodeClassifier({
  labels,
  reader,
  table,
  mixture,
  metadata,
}: ClassifierModel): Uint8Array<ArrayBuffer> {
  const network = reader === undefined ? { metadata: {}, tensors: [] } : describeNetwork(reader);
  return encodeTensors({
    metadata: {
      ...metadata,
      ...network.metadata,
      format: FORMAT,
      labels: JSON.stringify(labels),
      mixture: JSON.stringify([mixture.reader, mixture.table, ...mixture.bias]),
    },
    tensors: [
      ...network.tensors,
      { name: `${TABLE}rarity`, shape: [table.rarity.length], values: table.rarity },
      { name: `${TABLE}weights`, shape: [table.rarity.length, labels.length], values: table.weights },
      { name: `${TABLE}bias`, shape: [labels.length], values: table.bias },
    ],
  });
}

/**
 * Reads what `encodeClassifier` wrote, bit for bit.
 * @throws CheckpointError when the bytes are cut short, altered or of another kind
 */
export function decodeClassifier(bytes: Uint8Array): ClassifierModel {
  const { metadata, tensors } = decodeTensors(bytes);
  if (metadata.format !== FORMAT) {
    throw new CheckpointError(`this safetensors file is not a classifier of ours: it lacks format ${FORMAT}`);
  }
  const isTable = ({ name }: NamedTensor) => name.startsWith(TABLE);
  const ofReader = tensors.filter((tensor) => !isTable(tensor));
  const reader = ofReader.length === 0 ? undefined : readNetwork(metadata, ofReader);
  const labels = readList(metadata.labels, 'labels', (value) => typeof value === 'string');
  const [trustInReader, trustInTable, ...bias] = readList(
    metadata.mixture,
    'mixture',
    Number.isFinite,
  ) as number[];
  const table = readTable(tensors.filter(isTable), labels.length);
  const classes = reader === undefined ? labels.length : reader.shape.classes;
  if (classes !== labels.length || bias.length !== labels.length) throw damaged('its labels do not fit');
  return {
    labels: labels.map(String),
    ...(reader && { reader }),
    table,
    mixture: { reader: trustInReader, table: trustInTable, bias: Float32Array.from(bias) },
    metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !OURS.includes(key))),
  };
}

function readTable(tensors: readonly NamedTensor[], classes: number): Table {
  const valuesOf = (name: string) => {
    const tensor = tensors.find((each) => each.name === TABLE + name);
    if (tensor === undefined || !tensor.values.every(Number.isFinite))
      throw damaged(`it has no valid table.${name}`);
    return tensor.values;
  };
  const table = { rarity: valuesOf('rarity'), weights: valuesOf('weights'), bias: valuesOf('bias') };
  const rows = table.rarity.length;
  const isWhole = rows > 1 && Number.isInteger(Math.log2(rows)) && table.weights.length === rows * classes;
  if (!isWhole || table.bias.length !== classes) throw damaged('its table does not fit its labels');
  return table;
}

function readList(json: string | undefined, what: string, isRight: (value: unknown) => boolean): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    value = undefined;
  }
  if (!Array.isArray(value) || !value.every(isRight)) throw damaged(`its ${what} cannot be read`);
  return value as unknown[];
}

function damaged(how: string): CheckpointError {
  return new CheckpointError(`the model file is damaged: ${how}`);
}
