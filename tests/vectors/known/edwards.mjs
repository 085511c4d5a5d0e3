// The curve of Ed25519 (RFC 8032, 5.1), in the plainest arithmetic there is: slow, and of no use with a key that matters.
import { createHash } from 'node:crypto';

export const prime = (1n << 255n) - 19n;
export const order = (1n << 252n) + 27742317777372353535851937790883648493n;

const mod = (value, modulus = prime) => ((value % modulus) + modulus) % modulus;

function power(base, exponent) {
  let result = 1n;
  for (base = mod(base); exponent > 0n; exponent >>= 1n, base = mod(base * base)) if (exponent & 1n) result = mod(result * base);
  return result;
}

const inverse = (value) => power(value, prime - 2n);
const d = mod(-121665n * inverse(121666n));

export const identity = [0n, 1n];

export function add([x1, y1], [x2, y2]) {
  const product = mod(d * x1 * x2 * y1 * y2);
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + product)), mod((y1 * y2 + x1 * x2) * inverse(1n - product))];
}

export function times(scalar, point) {
  let result = identity;
  for (; scalar > 0n; scalar >>= 1n, point = add(point, point)) if (scalar & 1n) result = add(result, point);
  return result;
}

/** Null when the curve has no point with that y. */
export function withY(y, odd = 0n) {
  const square = mod((y * y - 1n) * inverse(d * y * y + 1n));
  let x = power(square, (prime + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * power(2n, (prime - 1n) / 4n));
  if (mod(x * x - square) !== 0n) return null;
  return [(x & 1n) === odd ? x : mod(-x), y];
}

export const base = withY(mod(4n * inverse(5n)), 0n);

export const littleEndian = (value, size = 32) => Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex').reverse();
export const number = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
export const encode = ([x, y]) => littleEndian(y | ((x & 1n) << 255n));
export const challenge = (...parts) => number(createHash('sha512').update(Buffer.concat(parts)).digest()) % order;

/** The eight points whose order divides the cofactor. */
export const smallOrder = (() => {
  for (let y = 2n; ; y++) {
    const point = withY(y);
    const torsion = point && times(order, point);
    if (torsion && times(4n, torsion)[1] !== 1n) return [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n].map((count) => times(count, torsion));
  }
})();
