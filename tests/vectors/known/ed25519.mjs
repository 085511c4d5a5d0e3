// Ed25519: RFC 8032, section 7.1, and what its section 5.1.7 leaves open or forbids; the cases are those of Chalkias, Garillot and Nikolaenko, "Taming the many
// EdDSAs" (2020), computed anew with keys of our own.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { add, base, challenge, encode, identity, littleEndian, number, order, prime, smallOrder, times } from './edwards.mjs';

const algorithm = 'ed25519';
const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** Secret key, message, signature. */
const published = [
  ['9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ['c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7', 'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
  ['833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42', hex(createHash('sha512').update('abc').digest()),
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704'],
].map(([seed, content, signature], index) => {
  const key = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' });
  if (hex(sign(null, Buffer.from(content, 'hex'), key)) !== signature) throw new Error(`test ${index + 1} is not what was published`);
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { name: ['test 1', 'test 2', 'test 3', 'test SHA(abc)'][index], source: 'RFC 8032, section 7.1', algorithm, key: hex(raw), content, signature, expect: 'Verified' };
});

const secret = number(createHash('sha512').update('edge cases').digest()) % order;
const nonce = number(createHash('sha512').update('a nonce').digest()) % order;
const torsion = smallOrder[1];
const message = Buffer.from('what the provider signed');

/** Signs as whoever has the secret can, with any R and any spelling of it. */
function forge(point = times(nonce, base), r = nonce, { R = encode(point), A = encode(times(secret, base)), M = message, change = (value) => value } = {}) {
  const S = (r + challenge(R, A, M) * secret) % order;
  return { key: hex(A), content: hex(M), signature: hex(R) + hex(littleEndian(change(S))) };
}

/** A message under which the challenge is no multiple of the cofactor, so that a key's torsion shows. */
function withTorsion(A, R) {
  for (let i = 0; ; i++) {
    const M = Buffer.from(`message ${i}`);
    if (challenge(R, A, M) % 8n !== 0n) return M;
  }
}

const mixed = encode(add(times(secret, base), torsion));
const plainR = encode(times(nonce, base));
const genuine = forge();
const S = genuine.signature.slice(64);
const edges = [
  ['genuine, by plain arithmetic', genuine, 'Verified'],
  ['S beyond the order: the same number, another signature', forge(undefined, nonce, { change: (value) => value + order })],
  ['S beyond the order, as far as it goes', forge(undefined, nonce, { change: (value) => value + order * (((1n << 256n) - 1n - value) / order) })],
  ['S with the top bits set', { ...genuine, signature: genuine.signature.slice(0, 64) + hex(littleEndian(number(Buffer.from(S, 'hex')) | (7n << 253n))) }],
  ['S is the order', { ...genuine, signature: genuine.signature.slice(0, 64) + hex(littleEndian(order)) }],
  ['S is zero', { ...genuine, signature: genuine.signature.slice(0, 64) + '00'.repeat(32) }],
  ['all zero', { ...genuine, signature: '00'.repeat(64) }],
  ['all one', { ...genuine, signature: 'ff'.repeat(64) }],
  ['R is the identity: only the key\'s holder can', forge(identity, 0n), 'Verified'],
  ['R is the identity, written beyond the prime', forge(identity, 0n, { R: littleEndian(prime + 1n) })],
  ['R is the identity, with the sign of minus zero', forge(identity, 0n, { R: littleEndian(1n | (1n << 255n)) })],
  ['R with torsion: right only if the cofactor is multiplied in', forge(add(times(nonce, base), torsion), nonce)],
  ['key with torsion: right only if the cofactor is multiplied in', forge(undefined, nonce, { A: mixed, M: withTorsion(mixed, plainR) })],
  ['R and S exchanged', { ...genuine, signature: S + genuine.signature.slice(0, 64) }],
  ['a byte less', { ...genuine, signature: genuine.signature.slice(0, -2) }, 'SignatureMalformed'],
  ['a byte more', { ...genuine, signature: genuine.signature + '00' }, 'SignatureMalformed'],
  ['only R', { ...genuine, signature: genuine.signature.slice(0, 64) }, 'SignatureMalformed'],
].map(([name, parts, expect = 'SignatureMismatch']) => ({ name, source: 'computed; RFC 8032, section 5.1.7', algorithm, ...parts, expect }));

/** Every spelling of a point of small order, with either sign and beyond the prime too: R = S·B and S of the sender's choice would fit many messages. */
const spellings = new Set(smallOrder.flatMap(([, y]) => [y, y + prime].filter((value) => value < 1n << 255n).flatMap((value) => [value, value | (1n << 255n)])).map((value) => hex(littleEndian(value))));
const weakKeys = [...spellings].sort().map((key) => ({
  name: `key of small order ${key}`, source: 'computed; Taming the many EdDSAs', algorithm, key, content: hex(message), signature: hex(encode(identity)) + '00'.repeat(32), expect: 'KeyRefused',
}));

export const ed25519 = [...published, ...edges, ...weakKeys];
