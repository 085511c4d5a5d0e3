// Rounds of load: every contender in turn, in random order, one at a time, while the others idle.
import { writeFileSync } from 'node:fs';
import { contenders } from './contenders.mjs';
import { h2load } from './load/h2load.mjs';
import { wrk } from './load/wrk.mjs';
import { measure } from './measure.mjs';
import { startAll, stopAll } from './servers.mjs';
import { bodyOf, headersOf, writeHeads } from './requests.mjs';
import { shuffled } from './statistics.mjs';

/** Runs a row of rows.mjs; gives the rounds by contender. */
export async function takeTurns(row, context) {
  const { directory, options, say } = context;
  const { bodyBytes, connections, pace } = row.load;
  const body = bodyOf(bodyBytes);
  writeFileSync(`${directory}/body`, body);
  const rounds = row.reported ? Math.ceil(options.rounds / 3) : options.rounds;
  const rates = {};
  const results = Object.fromEntries(row.contenders.map((name) => [name, []]));

  // Ids that one server has seen must not come again; those of another server may.
  const prepare = (requests) => {
    for (const flaw of new Set(row.contenders.map((name) => contenders[name].flaw))) {
      writeHeads(`${directory}/${flaw}`, Math.ceil(requests), flaw, body);
    }
  };
  const drive = (name, server, seconds, rate) => {
    const { flaw, paths, http } = contenders[name];
    const load = {
      url: `${server.scheme ?? 'http'}://127.0.0.1:${server.port}/`,
      paths, connections, seconds, rate,
      body: `${directory}/body`, heads: `${directory}/${flaw}`, targets: `${directory}/targets`, log: `${directory}/requests.log`,
    };
    return http ? h2load({ ...load, ...http, headers: headersOf(flaw, body) }) : wrk(load);
  };

  const servers = await startAll(row.contenders, { ...context, bodyBytes });
  try {
    const seconds = Math.ceil(options.warmup / 2);
    for (let part = 0; part < 2; part++) {
      prepare(seconds * guess(bodyBytes));
      for (const name of row.contenders) {
        ({ rate: rates[name] } = await drive(name, servers[name], seconds));
        say(`warm-up: ${name} ${Math.round(rates[name])}/s`);
      }
    }
    const rate = pace && Math.round(pace * Math.min(...Object.values(rates)));
    if (rate) say(`paced: ${rate}/s`);
    for (let round = 1; round <= rounds; round++) {
      // More than are needed, for those that remember ids; the others may see them twice.
      const fastest = Math.max(...row.contenders.map((name) => (servers[name].metrics ? rates[name] : 0)));
      prepare(options.seconds * Math.max(guess(bodyBytes), 2 * fastest));
      for (const name of shuffled(row.contenders)) {
        const server = servers[name];
        const result = await measure(name, contenders[name], server, () => drive(name, server, options.seconds, rate));
        results[name].push({ round, ...result });
        rates[name] = Math.max(rates[name], result.rate);
      }
      say(`round ${round} of ${rounds}: ` + row.contenders.map((name) => `${name} ${results[name].at(-1).cpu.toFixed(1)} µs`).join(', '));
    }
    return results;
  } finally {
    await stopAll(servers);
  }
}

/** Requests a second that one of ours may reach before it was measured. */
const guess = (bodyBytes) => Math.min(25_000, 1.2e9 / bodyBytes);
