import { createHmac, hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import { BASE32 } from '../domain/ids.ts';
import type { Ids } from '../usecases/context.ts';

/** 16 letters hold 80 bits. */
const ID_BYTES = 10;

/** Bytes in base32, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

/** Random bytes are fetched by the page: one call for each few costs more than the bytes. */
const page = Buffer.alloc(4096);
let used = page.length;
function randomBytes(count: number): Uint8Array {
  if (used + count > page.length) {
    randomFillSync(page);
    used = 0;
  }
  const bytes = page.subarray(used, used + count);
  used += count;
  return bytes;
}

/** Parts are joined by a byte that none of them can hold. */
const joined = (parts: readonly string[]): string => parts.join('\u0000');

/** Ids and secrets, for what signs nothing and so is not told the desk's own secret. */
export const idsWithoutSecret: Ids = {
  random: (prefix) => `${prefix}_${base32(randomBytes(ID_BYTES))}`,
  derived: (prefix, ...parts) => `${prefix}_${base32(hash('sha256', joined(parts), 'buffer').subarray(0, ID_BYTES))}`,
  secret: () => base32(randomBytes(20)),
  sign() {
    throw new Error('This function signs nothing');
  },
  hash: (text) => hash('sha256', text, 'base64url'),
  same(one, other) {
    const [a, b] = [one, other].map((text) => hash('sha256', text, 'buffer'));
    return a !== undefined && b !== undefined && timingSafeEqual(a, b);
  },
};

/**
 * Ids, secrets and signatures over the runtime's own cryptography.
 * @param secret at least 32 random bytes as text; whoever has it can make join links and codes
 */
export function idsFrom(secret: string): Ids {
  const key = (purpose: string) => createHmac('sha256', secret).update(`training-desk/${purpose}`).digest();
  const keys = new Map(['uid', 'join', 'feed', 'code'].map((purpose) => [purpose, key(purpose)]));
  return {
    ...idsWithoutSecret,
    sign: (purpose, ...parts) =>
      base32(
        createHmac('sha256', keys.get(purpose) ?? key(purpose))
          .update(joined(parts))
          .digest(),
      ),
  };
}
