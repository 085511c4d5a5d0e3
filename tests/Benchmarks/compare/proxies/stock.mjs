// Stock YARP and bare Kestrel: one program, one mode each (stock/Program.cs).
import { secret } from '../requests.mjs';
import { freePort, start, waitForAnswer } from '../process.mjs';

/** The start of the program, for who wants to time it. */
export async function launchStock({ directory, programs, upstream, name = 'stock' }, mode, env = {}) {
  const port = await freePort();
  const child = start(`${programs}/stock/stock`, [
    `--mode=${mode}`,
    `--urls=http://127.0.0.1:${port}`,
    `--secret=${secret}`,
    '--ReverseProxy:Routes:all:ClusterId=upstream',
    '--ReverseProxy:Routes:all:Match:Path={**path}',
    `--ReverseProxy:Clusters:upstream:Destinations:app:Address=${upstream.address}`,
  ], { log: `${directory}/${name}.out`, cwd: `${programs}/stock`, env });
  return { child, port };
}

/** @param {string} mode of stock/Program.cs */
export const startStock = (mode, env) => async (context) => {
  const server = await launchStock(context, mode, env);
  await waitForAnswer(server.child, server.port);
  return server;
};
