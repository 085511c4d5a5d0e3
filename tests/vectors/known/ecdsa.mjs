// ECDSA over P-256: one genuine signature, and whatever else a parser or a verifier might take for one. What DER allows: ITU-T X.690, 8.3 and 10.1;
// the ranges of r and s: FIPS 186-5, 6.4.2.
import { createHash } from 'node:crypto';
import { p256, signP256 } from '../lib/keys.mjs';

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const content = Buffer.from('what the provider signed');
const genuine = signP256(content, p256[0]);
const hexOf = (value) => value.toString(16).padStart(value.toString(16).length + (value.toString(16).length % 2), '0');

const lengthOfR = genuine[3];
const r = BigInt(`0x${genuine.subarray(4, 4 + lengthOfR).toString('hex')}`);
const s = BigInt(`0x${genuine.subarray(6 + lengthOfR).toString('hex')}`);

/** The content of an INTEGER, as DER wants it. */
const positive = (value) => Buffer.from(hexOf(value).replace(/^(?=[89a-f])/, '00'), 'hex');
const integer = (bytes, tag = 2) => Buffer.concat([Buffer.of(tag, bytes.length), bytes]);
const sequence = (...items) => Buffer.concat([Buffer.of(0x30, Buffer.concat(items).length), ...items]);
const of = (one, other) => sequence(integer(positive(one)), integer(positive(other)));
const [R, S] = [integer(positive(r)), integer(positive(s))];
const raw = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');


/** Of a number and its negative, the one with the highest bit set: its INTEGER needs a zero in front. */
const high = s > order - s ? s : order - s;

const refused = {
  'the zero in front of s missing': sequence(R, integer(Buffer.from(hexOf(high), 'hex'))),
  'r is zero': of(0n, s), 's is zero': of(r, 0n), 'both are zero': of(0n, 0n), 'both are one': of(1n, 1n),
  'r is the order': of(order, s), 's is the order': of(r, order), 'r beyond the order': of(r + order, s), 's beyond the order': of(r, s + order),
  'r of 2^256': of(1n << 256n, s), 'r and s exchanged': of(s, r), 'r negated': of(order - r, s),
  'r negative': sequence(integer(Buffer.from(hexOf((1n << 264n) - r), 'hex')), S), 's negative': sequence(R, integer(Buffer.from(hexOf((1n << 264n) - s), 'hex'))),
  'r without its content': sequence(integer(Buffer.alloc(0)), S), 'both without content': sequence(integer(Buffer.alloc(0)), integer(Buffer.alloc(0))),
  'r with a zero in front': sequence(integer(Buffer.concat([Buffer.of(0), positive(r)])), S), 's with zeros in front': sequence(R, integer(Buffer.concat([Buffer.alloc(4), positive(s)]))),
  'the length in two bytes': Buffer.concat([Buffer.of(0x30, 0x81, genuine[1]), R, S]),
  'the length in three bytes': Buffer.concat([Buffer.of(0x30, 0x82, 0, genuine[1]), R, S]),
  'the length of r in two bytes': sequence(Buffer.concat([Buffer.of(2, 0x81, lengthOfR), positive(r)]), S),
  'the length left open': Buffer.concat([Buffer.of(0x30, 0x80), R, S, Buffer.of(0, 0)]),
  'the length one too many': Buffer.concat([Buffer.of(0x30, genuine[1] + 1), R, S]), 'the length one too few': Buffer.concat([Buffer.of(0x30, genuine[1] - 1), R, S]),
  'bytes behind it': Buffer.concat([genuine, Buffer.of(0, 0)]), 'a NULL inside': sequence(R, S, Buffer.of(5, 0)), 'three integers': sequence(R, S, S),
  'only r': sequence(R), 'an empty sequence': sequence(), 'a SET': Buffer.concat([Buffer.of(0x31, genuine[1]), R, S]),
  'r as an OCTET STRING': sequence(integer(positive(r), 4), S), 's as an ENUMERATED': sequence(R, integer(positive(s), 10)), 's as a BOOLEAN': sequence(R, Buffer.of(1, 1, 0xff)),
  'r and s side by side (IEEE P1363)': Buffer.concat([raw(r), raw(s)]), 'a byte less': genuine.subarray(0, -1), 'one byte': Buffer.of(0x30), 'zeros': Buffer.alloc(genuine.length),
  'of another content': signP256(Buffer.from('something else'), p256[0]), 'of another key': signP256(content, p256[1]),
  'of the digest, hashed again': signP256(createHash('sha256').update(content).digest(), p256[0]),
};
const verified = { genuine, 'the zero in front of s there': of(r, high), 's negated: no less genuine, for the key it is of decides': of(r, order - s) };

const cases = (signatures, expect) => Object.entries(signatures).map(([name, signature]) => ({
  name, source: 'computed; FIPS 186-5 and X.690', algorithm: 'ecdsa-p256-sha256', key: p256[0].spki.toString('hex'),
  content: content.toString('hex'), signature: signature.toString('hex'), expect,
}));

export const ecdsa = [...cases(verified, 'Verified'), ...cases(refused, 'SignatureMismatch')];
