// HAProxy with hmac(): buffers the body and compares in constant time. Checks neither time nor replay.
import { writeFileSync } from 'node:fs';
import { secret } from '../requests.mjs';
import { freePort, start, waitForAnswer } from '../process.mjs';

// The buffer holds headers and body; it stays at the default where the default is enough.
const configuration = ({ port, upstream, bufferBytes }) => `
global
  maxconn 8192
  ${bufferBytes > 16384 ? `tune.bufsize ${bufferBytes}` : ''}
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  http-reuse always
frontend in
  bind 127.0.0.1:${port}
  option http-buffer-request
  http-request set-var(txn.time) req.fhdr(webhook-timestamp)
  http-request set-var(txn.body) req.body
  http-request set-var(txn.expected) req.fhdr(webhook-id),concat(.,txn.time,.),concat(,txn.body),hmac(sha256,${secret}),base64
  http-request set-var(txn.given) req.fhdr(webhook-signature),bytes(3)
  http-request deny deny_status 400 unless { var(txn.given),secure_memcmp(txn.expected) }
  default_backend upstream
backend upstream
  server app 127.0.0.1:${upstream.port}
`;

export async function startHaproxy({ directory, upstream, bodyBytes }) {
  const port = await freePort();
  const file = `${directory}/haproxy.cfg`;
  writeFileSync(file, configuration({ port, upstream, bufferBytes: 2 * bodyBytes + 8192 }));
  const child = start('haproxy', ['-db', '-f', file], { log: `${directory}/haproxy.out` });
  await waitForAnswer(child, port);
  return { child, port };
}
