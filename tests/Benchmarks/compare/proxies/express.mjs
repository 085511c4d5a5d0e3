// Express with http-proxy-middleware and timingSafeEqual.
import { fileURLToPath } from 'node:url';
import { secret } from '../requests.mjs';
import { freePort, start, waitForAnswer } from '../process.mjs';

const app = fileURLToPath(new URL('../express/app.mjs', import.meta.url));

export async function startExpress({ directory, upstream, bodyBytes }) {
  const port = await freePort();
  const child = start('node', [app], {
    log: `${directory}/express.out`,
    env: { NODE_ENV: 'production', PORT: port, UPSTREAM: upstream.address, SECRET: secret, BODY_LIMIT: bodyBytes + 1024 },
  });
  await waitForAnswer(child, port);
  return { child, port };
}
