import { describe, expect, test } from 'vitest';
import { CheckpointError, decodeCheckpoint, encodeCheckpoint } from '../../src/rnn/checkpoint.js';
import { cells } from '../../src/rnn/kernel/layout.js';
import { encodeTensors } from '../../src/rnn/safetensors.js';
import { randomModel } from '../helpers/rnn-models.js';

const model = randomModel('여보세요, hello 🦉', { layers: 2 });
const bytes = encodeCheckpoint(model);

/** The error that decoding must end in: never another kind, never several lines. */
function refusal(damaged: Uint8Array): string {
  try {
    decodeCheckpoint(damaged);
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    const { message } = error as CheckpointError;
    expect(message).not.toContain('\n');
    return message;
  }
  throw new Error('the damaged bytes were accepted');
}

/** A file whose header is this text. */
function withHeader(header: string, body = 0): Uint8Array {
  const json = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + json.length + body);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

describe('a checkpoint', () => {
  test.each(cells)('of a %s comes back bit for bit', (cell) => {
    const saved = randomModel('abc한', { cell, layers: 2 });
    saved.parameters.set([-0, 1e-45, -3.4028234663852886e38]);
    const loaded = decodeCheckpoint(encodeCheckpoint(saved));
    expect(new Uint8Array(loaded.parameters.buffer)).toEqual(new Uint8Array(saved.parameters.buffer));
    expect(loaded.shape).toEqual(saved.shape);
    expect(loaded.metadata).toEqual(saved.metadata);
    expect(loaded.vocabulary.codePoints).toEqual(saved.vocabulary.codePoints);
    expect(encodeCheckpoint(loaded)).toEqual(encodeCheckpoint(saved));
  });

  test('is read from the middle of a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 5);
    larger.set(bytes, 3);
    expect(decodeCheckpoint(larger.subarray(3, 3 + bytes.length)).parameters).toEqual(model.parameters);
  });

  test('is a plain safetensors file: a header of named F32 tensors, aligned to 8 bytes', () => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
      string,
      unknown
    >;
    expect(header['layer1.W_hh']).toMatchObject({ dtype: 'F32', shape: [5, 20] });
    expect(length % 8).toBe(0);
  });
});

describe('refused with one line that says what is wrong:', () => {
  test('a file cut short anywhere', () => {
    for (let length = 0; length < bytes.length; length += length < 2000 ? 1 : 97) {
      refusal(bytes.subarray(0, length));
    }
    expect(refusal(bytes.subarray(0, bytes.length - 1))).toContain('cut short');
  });

  test('any byte changed', () => {
    const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const step = Math.ceil((bytes.length - start) / 300);
    for (let at = 0; at < bytes.length; at += at < start ? 1 : step) {
      // Padding of the header carries no meaning.
      if (
        at >= 8 &&
        at < start &&
        bytes[at] === 0x20 &&
        bytes.subarray(at, start).every((byte) => byte === 0x20)
      )
        continue;
      const damaged = bytes.slice();
      damaged[at] ^= 0x11;
      refusal(damaged);
    }
  });

  test('bytes after the end', () => {
    const longer = new Uint8Array(bytes.length + 4);
    longer.set(bytes);
    expect(refusal(longer)).toContain('4 bytes follow');
  });

  test('files of other kinds', () => {
    expect(refusal(new TextEncoder().encode('# A markdown file\n\nwith text in it'))).toContain(
      'not a model file',
    );
    expect(refusal(new Uint8Array(0))).toContain('shorter');
    expect(refusal(new Uint8Array(100))).toContain('not JSON');
    expect(refusal(withHeader('[]'))).toContain('not a table');
    expect(refusal(withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4))).toContain(
      'not a model of ours',
    );
    expect(refusal(encodeTensors({ metadata: { format: 'pt' }, tensors: [] }))).toContain(
      'not a model of ours',
    );
  });

  test('a header that names absurd sizes', () => {
    const huge = bytes.slice();
    new DataView(huge.buffer).setBigUint64(0, 2n ** 63n, true);
    expect(refusal(huge)).toContain('not a model file');
    for (const entry of [
      '{"dtype":"F32","shape":[1e15],"data_offsets":[0,4e15]}',
      '{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}',
      '{"dtype":"F32","shape":"x"}',
      '7',
      'null',
    ]) {
      refusal(withHeader(`{"__metadata__":{},"a":${entry}}`, 4));
    }
    refusal(
      encodeTensors({
        metadata: {
          format: 'charlatan-rnn-1',
          shape: '{"cell":"lstm","vocabulary":256,"hidden":1e9,"layers":1e9}',
          vocabulary: '{"codePoints":[]}',
        },
        tensors: [],
      }),
    );
  });

  test('a vocabulary of more symbols than 16 bits can name', () => {
    const codePoints = Array.from({ length: 65_504 }, (_, index) => index); // 33 symbols come before them
    const metadata = {
      format: 'charlatan-rnn-1',
      shape: '{"cell":"lstm","vocabulary":65536,"hidden":1,"layers":1}',
      vocabulary: JSON.stringify({ codePoints }),
    };
    expect(refusal(encodeTensors({ metadata, tensors: [] }))).toContain('vocabulary');
  });

  test.each([NaN, Infinity])('a weight that is %s', (value) => {
    const parameters = model.parameters.slice();
    parameters[7] = value;
    expect(refusal(encodeCheckpoint({ ...model, parameters }))).toContain('not finite');
  });
});
