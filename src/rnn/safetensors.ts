import { crc32 } from './checksum.js';

/** A named array of 32-bit floats with its shape. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a safetensors file holds, as far as this project writes it. */
export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly NamedTensor[];
}

/** Bytes that are no usable model. The message is one line and says what is wrong. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** The format's own limit on its header, in bytes. */
const MAX_HEADER = 100_000_000;

/**
 * A safetensors file: a 64-bit little-endian length, a JSON header of that length, then the tensors' bytes end to
 * end. Source: the format's description at huggingface/safetensors, version 0.4. All tensors are F32. The metadata gets
 * a `checksum`, since a changed weight would otherwise be just another weight.
 */
export function encodeTensors(file: TensorFile): Uint8Array<ArrayBuffer> {
  const entries: Record<string, unknown> = {};
  let end = 0;
  for (const { name, shape, values } of file.tensors) {
    entries[name] = { dtype: 'F32', shape, data_offsets: [end, end + values.length * 4] };
    end += values.length * 4;
  }
  const body = new Uint8Array(end);
  const floats = new DataView(body.buffer);
  let at = 0;
  for (const { values } of file.tensors) {
    for (const value of values) {
      floats.setFloat32(at, value, true);
      at += 4;
    }
  }
  const metadata = { ...file.metadata, checksum: checksumOf(file.metadata, entries, body) };
  // The header is padded with spaces so that the tensors start on a multiple of 8 bytes.
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...entries }));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + end);
  bytes.fill(0x20, 8, start);
  bytes.set(json, 8);
  bytes.set(body, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  return bytes;
}

/** Reads what `encodeTensors` wrote. @throws CheckpointError on anything else, whatever the bytes. */
export function decodeTensors(bytes: Uint8Array): TensorFile {
  const { header, start } = readHeader(bytes);
  const { __metadata__: everything, ...entries } = header;
  if (!isStrings(everything)) {
    throw new CheckpointError('this safetensors file is not a model of ours: it has no metadata');
  }
  const { checksum, ...metadata } = everything;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  let end = 0;
  const tensors = Object.entries(entries).map(([name, entry]): NamedTensor => {
    const { shape, from, to } = readEntry(name, entry);
    if (from !== end) throw new CheckpointError(`the model file is damaged: tensor ${name} is out of place`);
    if (to > view.byteLength)
      throw new CheckpointError(`the model file is cut short: tensor ${name} is incomplete`);
    end = to;
    return { name, shape, values: readFloats(view, from, to) };
  });
  if (end !== view.byteLength) {
    throw new CheckpointError(
      `the model file is damaged: ${view.byteLength - end} bytes follow the last tensor`,
    );
  }
  if (checksum !== checksumOf(metadata, entries, bytes.subarray(start))) {
    throw new CheckpointError('the model file is damaged: its contents do not have the checksum it names');
  }
  return { metadata, tensors };
}

/** How many bytes stand before the tensors of a file that begins with these 8. */
export function headerSize(bytes: Uint8Array): number {
  return bytes.byteLength < 8
    ? 8
    : 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
}

/** Only the metadata of what `encodeTensors` wrote, unchecked; the bytes up to `headerSize` are enough. @throws CheckpointError */
export function decodeMetadata(bytes: Uint8Array): Record<string, string> {
  const { __metadata__: metadata } = readHeader(bytes).header;
  if (!isStrings(metadata)) {
    throw new CheckpointError('this safetensors file is not a model of ours: it has no metadata');
  }
  return metadata;
}

/** Over the header's contents, whatever their spelling in JSON, and the tensors' bytes: 8 hexadecimal digits. */
function checksumOf(metadata: object, entries: object, body: Uint8Array): string {
  const described = new TextEncoder().encode(JSON.stringify([metadata, entries]));
  return crc32(body, crc32(described)).toString(16).padStart(8, '0');
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.byteLength < 8) throw new CheckpointError('this is not a model file: it is shorter than 8 bytes');
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER)) {
    throw new CheckpointError('this is not a model file: it does not start with a safetensors header');
  }
  const start = 8 + Number(length);
  if (start > bytes.byteLength)
    throw new CheckpointError('the model file is cut short: its header is incomplete');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)));
  } catch {
    throw new CheckpointError('this is not a model file: its header is not JSON');
  }
  if (!isRecord(header)) throw new CheckpointError('this is not a model file: its header is not a table');
  return { header, start };
}

function readEntry(name: string, entry: unknown): { shape: number[]; from: number; to: number } {
  if (!isRecord(entry))
    throw new CheckpointError(`the model file is damaged: tensor ${name} has no description`);
  if (entry.dtype !== 'F32') {
    throw new CheckpointError(`the model file is of another kind: tensor ${name} is not F32`);
  }
  const { shape, data_offsets: offsets } = entry;
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw new CheckpointError(`the model file is damaged: tensor ${name} has no valid shape and place`);
  }
  const [from, to] = offsets;
  if (to - from !== shape.reduce((product, size) => product * size, 4)) {
    throw new CheckpointError(
      `the model file is damaged: tensor ${name} does not have the size of its shape`,
    );
  }
  return { shape, from, to };
}

function readFloats(view: DataView, from: number, to: number): Float32Array {
  const values = new Float32Array((to - from) / 4);
  for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(from + index * 4, true);
  return values;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** A list of whole numbers from 0 up. */
function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}
