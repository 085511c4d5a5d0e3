import { createHash, createHmac } from 'node:crypto';

/** When every computed message is signed: 2025-01-02T03:04:05Z. */
export const signedAt = 1735787045;

/** Unicode and an escaped slash: a body that was parsed and written again has other bytes. */
export const sampleBody = '{"id":"evt_4711","note":"Grüße ☕","link":"https:\\/\\/example.com\\/a?b=1","amount":1990}';

const notASignature = '?not-a-signature?';

/** A webhook on its way out: what a provider's formula reads, and the primitives it computes with. */
export class Message {
  constructor(id, formula, { secret, time = signedAt, malformed = false }) {
    this.secret = secret;
    this.time = time;
    this.malformed = malformed;
    this.method = 'POST';
    this.url = formula.url ?? `https://hooks.example.com/in/${id}`;
    this.contentType = formula.contentType ?? 'application/json';
    this.parameters = formula.parameters ?? {};
    this.body = (typeof formula.body === 'function' ? formula.body(this) : formula.body) ?? sampleBody;
  }

  get millis() { return `${this.time}678`; }

  get iso() { return new Date(this.time * 1000).toISOString(); }

  get httpDate() { return new Date(this.time * 1000).toUTCString(); }

  /** An HMAC in text; the key is the secret as it is unless another is given. */
  hmac(hash, content, encoding = 'hex', key = this.secret) {
    return this.write(createHmac(hash, key).update(content).digest(), encoding);
  }

  /** A hash without a key. */
  hash(hash, content, encoding = 'hex') {
    return this.write(createHash(hash).update(content).digest(), encoding);
  }

  /** The signature in text, or what takes its place in a malformed message. */
  write(bytes, encoding) {
    return this.malformed ? notASignature : bytes.toString(encoding);
  }
}
