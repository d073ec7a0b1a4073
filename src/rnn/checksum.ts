/** Remainders of the 256 bytes, for the reversed polynomial of IEEE 802.3. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** CRC-32 of the bytes, going on from the checksum of those before them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let remainder = ~before;
  for (let at = 0; at < bytes.length; at++)
    remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[at]) & 0xff];
  return ~remainder >>> 0;
}
