// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2): one genuine signature, and every encoding next to it that a verifier might parse instead of comparing.
import { constants, createHash, createPublicKey, privateEncrypt } from 'node:crypto';
import { rsa as keys } from '../lib/keys.mjs';

const size = 256;
const content = Buffer.from('what the provider signed');
const digest = createHash('sha256').update(content).digest();
const { privateKey, pem } = keys[0];
const modulus = BigInt(`0x${Buffer.from(createPublicKey(pem).export({ format: 'jwk' }).n, 'base64url').toString('hex')}`);
const spki = (key) => key.export({ format: 'der', type: 'spki' }).toString('hex');

const oid = { sha256: '0609608648016503040201', sha1: '06052b0e03021a', sha512: '0609608648016503040203' };
const bytes = (hex) => Buffer.from(hex, 'hex');
const number = (buffer) => BigInt(`0x${buffer.toString('hex')}`);
const item = (tag, ...parts) => Buffer.concat([Buffer.of(tag, Buffer.concat(parts).length), ...parts]);
const info = ({ hash = oid.sha256, parameters = bytes('0500'), value = digest } = {}) => item(0x30, item(0x30, bytes(hash), parameters), item(4, value));

/** 00 01 FF … FF 00, what it is of, and what is behind it. */
function message(inner = info(), { type = 1, fill = 0xff, separator = 0, tail = Buffer.alloc(0), first = 0 } = {}) {
  const filler = Buffer.alloc(size - 3 - inner.length - tail.length, fill);
  return Buffer.concat([Buffer.of(first, type), filler, Buffer.of(separator), inner, tail]);
}

const raw = (encoded) => privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded);
const long = (tag, ...parts) => Buffer.concat([Buffer.of(tag, 0x81, Buffer.concat(parts).length), ...parts]);
const algorithmId = item(0x30, bytes(oid.sha256), bytes('0500'));

function patched(at, value) {
  const encoded = message();
  encoded[at] = value;
  return raw(encoded);
}

const genuine = raw(message());
const refused = {
  'without the NULL: some verifiers take it, this one compares bytes': raw(message(info({ parameters: Buffer.alloc(0) }))),
  'an empty SEQUENCE for the NULL': raw(message(info({ parameters: bytes('3000') }))),
  'two NULLs': raw(message(info({ parameters: bytes('05000500') }))), 'a NULL with content': raw(message(info({ parameters: bytes('050100') }))),
  'the outer length in BER': raw(message(long(0x30, algorithmId, item(4, digest)))), 'the digest\'s length in BER': raw(message(item(0x30, algorithmId, long(4, digest)))),
  'the algorithm\'s length in BER': raw(message(item(0x30, long(0x30, bytes(oid.sha256), bytes('0500')), item(4, digest)))),
  'the length left open': raw(message(Buffer.concat([bytes('3080'), algorithmId, item(4, digest), bytes('0000')]))),
  'another hash is named': raw(message(info({ hash: oid.sha512 }))), 'SHA-1, name and digest': raw(message(info({ hash: oid.sha1, value: createHash('sha1').update(content).digest() }))),
  'the bare digest': raw(message(digest)), 'no digest': raw(message(info({ value: Buffer.alloc(0) }))), 'a digest cut short': raw(message(info({ value: digest.subarray(0, 31) }))),
  'a byte behind the digest': raw(message(info({ value: Buffer.concat([digest, Buffer.of(0)]) }))),
  'eight bytes of padding, and garbage behind': raw(message(info(), { tail: Buffer.alloc(size - 3 - 8 - info().length, 0x5a) })),
  'one byte of garbage behind': raw(message(info(), { tail: Buffer.of(0) })), 'garbage inside the sequence': raw(message(item(0x30, algorithmId, item(4, digest), bytes('04020000')))),
  'block type 0': raw(message(info(), { type: 0 })), 'block type 2': raw(message(info(), { type: 2 })), 'padding of zeros': raw(message(info(), { fill: 0 })), 'padding of 0xFE': raw(message(info(), { fill: 0xfe })),
  'no separator': raw(message(info(), { separator: 0xff })), 'a separator in the padding': patched(40, 0), 'the last byte of padding changed': patched(size - 2 - info().length - 1, 0xfe),
  'the first byte is one': raw(message(info(), { first: 1, type: 1 }).fill(0, 0, 1).fill(2, 1, 2)),
  'zero': Buffer.alloc(size), 'one': Buffer.concat([Buffer.alloc(size - 1), Buffer.of(1)]), 'minus one': bytes((modulus - 1n).toString(16)), 'the modulus itself': bytes(modulus.toString(16)),
  'negated': bytes((modulus - number(genuine)).toString(16).padStart(2 * size, '0')), 'with the modulus added': bytes((number(genuine) + modulus).toString(16).padStart(2 * size + 2, '0')),
  'a zero in front': Buffer.concat([Buffer.of(0), genuine]), 'a zero behind': Buffer.concat([genuine, Buffer.of(0)]), 'a byte less': genuine.subarray(0, -1),
  'one byte': Buffer.of(0), 'the padded message instead of its signature': message(), 'of another key': privateEncrypt({ key: keys[1].privateKey, padding: constants.RSA_NO_PADDING }, message()),
};

/** With the exponent 3, whoever finds a cube that begins right needs no private key, if what is behind the digest is not looked at (CVE-2006-4339). */
function cubeRoot(value) {
  let [low, high] = [0n, 1n << 700n];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (middle ** 3n < value) low = middle + 1n; else high = middle;
  }
  return low;
}

const beginning = Buffer.concat([bytes('0001'), Buffer.alloc(8, 0xff), Buffer.of(0), info()]);
const root = cubeRoot(number(Buffer.concat([beginning, Buffer.alloc(size - beginning.length)])));
const cubed = bytes((root ** 3n).toString(16).padStart(2 * size, '0'));
if (!cubed.subarray(0, beginning.length).equals(beginning)) throw new Error('the cube does not begin right');
const three = createPublicKey({ key: { ...createPublicKey(pem).export({ format: 'jwk' }), e: 'Aw' }, format: 'jwk' });

const test = (name, signature, expect, key = spki(createPublicKey(pem)), source = 'computed; RFC 8017, 8.2.2 and 9.2') => ({
  name, source, algorithm: 'rsa-pkcs1-sha256', key, content: content.toString('hex'), signature: signature.toString('hex'), expect,
});

export const rsa = [
  test('genuine', genuine, 'Verified'),
  ...Object.entries(refused).map(([name, signature]) => test(name, signature, 'SignatureMismatch')),
  test('a cube that begins right', bytes(root.toString(16).padStart(2 * size, '0')), 'SignatureMismatch', spki(three), 'computed; CVE-2006-4339'),
];
