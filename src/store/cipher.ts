import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';

/** 32 bytes each. New texts are sealed with the current key, and plain without one; both keys open. */
export interface CorpusKeys {
  readonly current?: Uint8Array | undefined;
  readonly previous?: Uint8Array | undefined;
}

declare const stored: unique symbol;

/** A text as it stands in the database. No string by its type, so that nobody reads or writes one past the cipher. */
export interface StoredText {
  readonly [stored]: true;
}

export type Cipher = ReturnType<typeof createCipher>;

/** A text that is damaged, or not where it was sealed, or sealed with a key that is not at hand. */
export class CipherError extends Error {
  override readonly name = 'CipherError';
}

/** A sealed text begins with this, its version, and eight digits that name the key; in base64 follow nonce, text and tag. */
const MARK = '\u0001';
const SEALED = new RegExp(`^${MARK}1([0-9a-f]{8})`);
const HEAD = 10;
/** A plain text that would look like a sealed one gets this put before it. */
const ESCAPE = `${MARK}=`;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals texts with AES-256-GCM. A `place` names where a text stands: it opens nowhere else. */
export function createCipher(keys: CorpusKeys) {
  const current = keys.current && readKey(keys.current);
  const all = [current, keys.previous && readKey(keys.previous)].filter((key) => key !== undefined);
  const known = new Map(all.map((key) => [key.name, key.secret]));
  const nextNonce = createNonces();

  return {
    /** The digits that name the key which seals, undefined where texts stay plain. */
    current: current?.name,

    /** Whether a key of this name is at hand. */
    knows: (name: string) => known.has(name),

    seal(text: string, place: string): StoredText {
      if (current === undefined) return asStored(text.startsWith(MARK) ? ESCAPE + text : text);
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', current.secret, nonce);
      cipher.setAAD(Buffer.from(place));
      const body = cipher.update(text, 'utf8');
      cipher.final();
      const bytes = Buffer.concat([nonce, body, cipher.getAuthTag()]);
      return asStored(`${MARK}1${current.name}${bytes.toString('base64')}`);
    },

    /** @throws CipherError */
    open(text: StoredText, place: string): string {
      const raw = asString(text);
      if (!raw.startsWith(MARK)) return raw;
      if (raw.startsWith(ESCAPE)) return raw.slice(ESCAPE.length);
      const name = SEALED.exec(raw)?.[1];
      // No text from before there were keys is of this form.
      if (name === undefined) return raw;
      const secret = known.get(name);
      if (secret === undefined) throw new CipherError(`${place} is sealed with another key, ${name}`);
      return openWith(secret, Buffer.from(raw.slice(HEAD), 'base64'), place);
    },

    /** Whether a text stands there as it would if it were sealed now. */
    isCurrent(text: StoredText): boolean {
      return SEALED.exec(asString(text))?.[1] === current?.name;
    },
  };
}

function openWith(secret: KeyObject, bytes: Buffer, place: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    decipher.final();
    return text.toString('utf8');
  } catch (error) {
    throw new CipherError(`${place} is damaged, or was sealed for another place`, { cause: error });
  }
}

function readKey(bytes: Uint8Array): { name: string; secret: KeyObject } {
  const name = createHmac('sha256', bytes).update('name of a corpus key').digest('hex').slice(0, 8);
  return { name, secret: createSecretKey(bytes) };
}

/** Random bytes are cheap by the thousand, and dear one by one. */
function createNonces(): () => Buffer {
  const pool = Buffer.alloc(NONCE_BYTES * 1_000);
  let at = pool.length;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    return pool.subarray(at, (at += NONCE_BYTES));
  };
}

function asStored(text: string): StoredText {
  return text as unknown as StoredText;
}

function asString(text: StoredText): string {
  return text as unknown as string;
}
