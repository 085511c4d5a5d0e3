// What many write by hand: Express, the raw body, timingSafeEqual, http-proxy-middleware. Checks neither time nor replay.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Agent } from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

const { PORT, UPSTREAM, SECRET, BODY_LIMIT } = process.env;
const key = Buffer.from(SECRET, 'base64');

function isGenuine(request) {
  const expected = createHmac('sha256', key)
    .update(`${request.get('webhook-id')}.${request.get('webhook-timestamp')}.`)
    .update(request.body)
    .digest();
  const [version, signature] = (request.get('webhook-signature') ?? '').split(',');
  const given = Buffer.from(signature ?? '', 'base64');
  return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
}

const app = express();
app.disable('x-powered-by');
app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
app.use((request, response, next) => (isGenuine(request) ? next() : response.sendStatus(400)));
app.use(
  createProxyMiddleware({
    target: UPSTREAM,
    agent: new Agent({ keepAlive: true }),
    on: {
      // The body was read to be checked: it is written again.
      proxyReq: (outgoing, request) => {
        outgoing.setHeader('Content-Length', request.body.length);
        outgoing.write(request.body);
      },
    },
  }),
);
app.listen(Number(PORT), '127.0.0.1');
