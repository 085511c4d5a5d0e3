// Stock YARP and bare Kestrel: one program, one mode each (stock/Program.cs).
import { secret } from '../requests.mjs';
import { freePort, start, waitForAnswer } from '../process.mjs';
import { certificateIn } from './certificate.mjs';

/** The start of the program, for who wants to time it. */
export async function launchStock({ directory, programs, upstream, name = 'stock' }, mode, { env = {}, certificate, key } = {}) {
  const port = await freePort();
  const scheme = certificate ? 'https' : 'http';
  const child = start(`${programs}/stock/stock`, [
    `--mode=${mode}`,
    `--urls=${scheme}://127.0.0.1:${port}`,
    `--secret=${secret}`,
    '--ReverseProxy:Routes:all:ClusterId=upstream',
    '--ReverseProxy:Routes:all:Match:Path={**path}',
    `--ReverseProxy:Clusters:upstream:Destinations:app:Address=${upstream.address}`,
    ...(certificate ? [`--Kestrel:Certificates:Default:Path=${certificate}`, `--Kestrel:Certificates:Default:KeyPath=${key}`] : []),
  ], { log: `${directory}/${name}.out`, cwd: `${programs}/stock`, env });
  return { child, port, scheme };
}

/** @param {string} mode of stock/Program.cs */
export const startStock = (mode, env) => async (context) => {
  const server = await launchStock(context, mode, { env });
  await waitForAnswer(server.child, server.port);
  return server;
};

export const startStockWithTls = async (context) => {
  const server = await launchStock(context, 'forward', await certificateIn(context.directory));
  await waitForAnswer(server.child, server.port, '/', { protocol: 'https:' });
  return server;
};
