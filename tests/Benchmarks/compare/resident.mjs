// Memory after 100,000 requests, each of which left a claim that is still live.
import { writeFileSync } from 'node:fs';
import { contenders } from './contenders.mjs';
import { wrk } from './load/wrk.mjs';
import { measure } from './measure.mjs';
import { bodyOf, writeHeads } from './requests.mjs';
import { startAll, stopAll } from './servers.mjs';
import { shuffled } from './statistics.mjs';

const requests = 100_000;
const longest = 300;

/** As takeTurns; each round is a process of its own, which has seen nothing else. */
export async function fillOnce(row, context) {
  const { directory, options, say } = context;
  const { bodyBytes, connections } = row.load;
  const body = bodyOf(bodyBytes);
  writeFileSync(`${directory}/body`, body);
  const results = Object.fromEntries(row.contenders.map((name) => [name, []]));
  const rounds = Math.ceil(options.rounds / 3);
  for (let round = 1; round <= rounds; round++) {
    for (const name of shuffled(row.contenders)) {
      // Those under way when the last is answered are counted by ours.
      writeHeads(`${directory}/none`, requests + 2 * connections, 'none', body);
      const servers = await startAll([name], { ...context, bodyBytes });
      try {
        const { port } = servers[name];
        results[name].push({
          round,
          ...(await measure(name, contenders[name], servers[name], () => wrk({
            url: `http://127.0.0.1:${port}/`, paths: contenders[name].paths, connections, seconds: longest, stopAfter: requests,
            heads: `${directory}/none`, body: `${directory}/body`, targets: `${directory}/targets`,
          }))),
        });
      } finally {
        await stopAll(servers);
      }
    }
    say(`round ${round} of ${rounds}: ` + row.contenders.map((name) => `${name} ${results[name].at(-1).resident.toFixed(0)} MB`).join(', '));
  }
  return results;
}
