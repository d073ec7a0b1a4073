/** Places by the hash of what begins there: an open-addressing table with linear probing. */
export interface Places {
  add(hash: number, place: number): void;
  /** The slot of a place with this hash, -1 when there is none. */
  first(hash: number): number;
  /** The slot of the next place with this hash. */
  next(slot: number, hash: number): number;
  placeIn(slot: number): number;
  readonly bytes: number;
}

const FIRST_BITS = 12;
const FULLEST = 0.8;
/** 2^32 over the golden ratio: spreads hashes that are close to each other. */
const SPREAD = 0x9e3779b1;

export function createPlaces(): Places {
  let bits = FIRST_BITS;
  let hashes = new Uint32Array(1 << bits);
  let places = new Uint32Array(1 << bits); // 0 where nothing is
  let count = 0;

  function put(hash: number, place: number): void {
    let slot = home(hash);
    while (places[slot] !== 0) slot = (slot + 1) & (places.length - 1);
    hashes[slot] = hash;
    places[slot] = place;
  }

  function home(hash: number): number {
    return Math.imul(hash, SPREAD) >>> (32 - bits);
  }

  function grow(): void {
    const [oldHashes, oldPlaces] = [hashes, places];
    bits += 1;
    hashes = new Uint32Array(1 << bits);
    places = new Uint32Array(1 << bits);
    for (let slot = 0; slot < oldPlaces.length; slot++)
      if (oldPlaces[slot] !== 0) put(oldHashes[slot], oldPlaces[slot]);
  }

  function from(slot: number, hash: number): number {
    for (; places[slot] !== 0; slot = (slot + 1) & (places.length - 1))
      if (hashes[slot] === hash) return slot;
    return -1;
  }

  return {
    add(hash, place) {
      count += 1;
      if (count > FULLEST * places.length) grow();
      put(hash, place);
    },
    first: (hash) => from(home(hash), hash),
    next: (slot, hash) => from((slot + 1) & (places.length - 1), hash),
    placeIn: (slot) => places[slot],
    get bytes() {
      return hashes.byteLength + places.byteLength;
    },
  };
}
