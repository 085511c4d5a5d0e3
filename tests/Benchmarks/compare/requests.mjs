// Standard Webhooks requests, signed before they are needed: the load generator must not be what is measured.
import { createHmac, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** The key that every proxy is given: base64 of 24 bytes. */
export const secret = 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0';

const genuineKey = Buffer.from(secret, 'base64');
const forgedKey = Buffer.from('Zm9yZ2VyZm9yZ2VyZm9yZ2VyZm9yZ2Vy', 'base64');
const run = randomBytes(6).toString('hex');
let issued = 0;

/** A JSON body of so many bytes. */
export function bodyOf(bytes) {
  const head = '{"type":"benchmark.sent","data":"';
  return Buffer.from(head + 'a'.repeat(bytes - head.length - 2) + '"}');
}

/** What is wrong with the requests of a load. */
export const flaws = {
  none: ({ id, time, body }) => signed(id, time, body, genuineKey),
  unsigned: ({ id, time }) => [`webhook-id: ${id}`, `webhook-timestamp: ${time}`],
  stale: ({ id, time, body }) => signed(id, time - 86_400, body, genuineKey),
  forged: ({ id, time, body }) => signed(id, time, body, forgedKey),
};

/** The headers of one request with an id that no other request of this run has. */
export function headersOf(flaw, body) {
  const id = `msg_${run}${String(issued++).padStart(10, '0')}`;
  return flaws[flaw]({ id, time: Math.floor(Date.now() / 1000), body });
}

/** Writes the headers of so many requests, one a line, separated by tabs. */
export function writeHeads(file, count, flaw, body) {
  const lines = [];
  for (let i = 0; i < count; i++) lines.push(headersOf(flaw, body).join('\t'));
  writeFileSync(file, lines.join('\n') + '\n');
}

function signed(id, time, body, key) {
  const signature = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64');
  return [`webhook-id: ${id}`, `webhook-timestamp: ${time}`, `webhook-signature: v1,${signature}`];
}
