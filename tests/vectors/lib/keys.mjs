// Key pairs that sign vectors and nothing else. Policies are given the public half.
import { checkPrimeSync, createECDH, createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

const pkcs8 = (prefix, raw) => createPrivateKey({ key: Buffer.concat([Buffer.from(prefix, 'hex'), raw]), format: 'der', type: 'pkcs8' });
const spki = (key) => createPublicKey(key).export({ format: 'der', type: 'spki' });
const number = (bytes) => BigInt(`0x${bytes.toString('hex')}`);
const bytes32 = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

/** Two Ed25519 keys: { privateKey, raw: the public key's 32 bytes }. */
export const ed25519 = ['one', 'two'].map((name) => {
  const privateKey = pkcs8('302e020100300506032b657004220420', createHash('sha256').update(`ed25519 test key ${name}`).digest());
  return { privateKey, raw: spki(privateKey).subarray(-32) };
});

/** Two ECDSA P-256 keys: { privateKey, spki: the public key in DER }. */
export const p256 = ['one', 'two'].map((name) => {
  const scalar = createHash('sha256').update(`p256 test key ${name}`).digest();
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(scalar);
  const jwk = {
    kty: 'EC', crv: 'P-256', d: scalar.toString('base64url'),
    x: curve.getPublicKey().subarray(1, 33).toString('base64url'), y: curve.getPublicKey().subarray(33).toString('base64url'),
  };
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  return { privateKey, scalar, spki: spki(privateKey) };
});

/** Two RSA keys of 2048 bits: { privateKey, pem: the public key }. */
export const rsa = ['one', 'two'].map((name) => {
  const p = prime(`rsa test key ${name}, p`);
  const q = prime(`rsa test key ${name}, q`);
  const e = 65537n;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = Object.fromEntries(Object.entries(numbers).map(([member, value]) => [member, base64url(value)]));
  const privateKey = createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
  return { privateKey, pem: createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }) };
});

export const signRsa = (content, { privateKey }) => sign('sha256', Buffer.from(content), privateKey);

function base64url(value) {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url');
}

/** The first prime of 1024 bits, with both upper bits set, behind a number that the name decides. */
function prime(name) {
  const blocks = [0, 1, 2, 3].map((block) => createHash('sha256').update(`${name} ${block}`).digest());
  let candidate = number(Buffer.concat(blocks)) | (3n << 1022n) | 1n;
  while (!checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

export const signEd25519 = (content, { privateKey }) => sign(null, Buffer.from(content), privateKey);

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((x % modulus) + modulus) % modulus;
}

function der(...numbers) {
  const integers = numbers.map((value) => {
    let bytes = bytes32(value);
    while (bytes[0] === 0 && bytes[1] < 0x80) bytes = bytes.subarray(1);
    if (bytes[0] >= 0x80) bytes = Buffer.concat([Buffer.of(0), bytes]);
    return Buffer.concat([Buffer.of(2, bytes.length), bytes]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** ECDSA with SHA-256 in DER. Node's own takes a random nonce, and vectors have to come out the same every time. */
export function signP256(content, { privateKey, scalar }) {
  const hash = createHash('sha256').update(content).digest();
  const nonce = createHash('sha256').update(scalar).update(hash).digest();
  const point = createECDH('prime256v1');
  point.setPrivateKey(nonce);
  const r = number(point.getPublicKey().subarray(1, 33)) % order;
  const s = (inverse(number(nonce), order) * (number(hash) + r * number(scalar))) % order;
  const signature = der(r, s);
  if (!verify('sha256', Buffer.from(content), createPublicKey(privateKey), signature)) throw new Error('a wrong ECDSA signature');
  return signature;
}
