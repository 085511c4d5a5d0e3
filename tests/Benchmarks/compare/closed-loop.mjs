// Rounds at full load: every contender in turn, in random order, one at a time, while the others idle.
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { contenders } from './contenders.mjs';
import { wrk } from './load/wrk.mjs';
import { stop } from './process.mjs';
import { bodyOf, writeHeads } from './requests.mjs';
import { shuffled } from './statistics.mjs';
import { memory, processorTime, readProcessor } from './usage.mjs';

/** Runs a row of rows.mjs; gives the rounds by contender. */
export async function closedLoop(row, { directory, programs, upstream, options, say }) {
  const { bodyBytes, connections } = row.load;
  const body = bodyOf(bodyBytes);
  writeFileSync(`${directory}/body`, body);
  const rounds = row.reported ? Math.ceil(options.rounds / 3) : options.rounds;
  const servers = {};
  const results = {};
  const rates = {};

  // Ids that one server has seen must not come again; those of another server may.
  const prepare = (seconds, perSecond) => {
    for (const flaw of new Set(row.contenders.map((name) => contenders[name].flaw))) {
      writeHeads(`${directory}/${flaw}`, Math.ceil(seconds * perSecond), flaw, body);
    }
  };
  const drive = (name, seconds) => wrk({
    url: `http://127.0.0.1:${servers[name].port}/`,
    paths: contenders[name].paths,
    heads: `${directory}/${contenders[name].flaw}`,
    body: `${directory}/body`,
    targets: `${directory}/targets`,
    connections,
    seconds,
  });

  try {
    for (const name of row.contenders) {
      servers[name] = await contenders[name].start({ directory, programs, upstream, bodyBytes, name, program: contenders[name].program });
      results[name] = [];
    }
    for (const seconds of [options.warmup / 2, options.warmup / 2]) {
      prepare(seconds, guess(bodyBytes));
      for (const name of row.contenders) {
        rates[name] = (await drive(name, Math.max(1, Math.round(seconds)))).rate;
        say(`warm-up: ${name} ${Math.round(rates[name])}/s`);
      }
    }
    for (let round = 1; round <= rounds; round++) {
      // More than are needed, for those that remember ids; the others may see them twice.
      const fastest = Math.max(...row.contenders.map((name) => (servers[name].metrics ? rates[name] : 0)));
      prepare(options.seconds, Math.max(guess(bodyBytes), 2 * fastest));
      for (const name of shuffled(row.contenders)) {
        const result = await measure(name, servers[name], () => drive(name, options.seconds));
        results[name].push({ round, ...result });
        rates[name] = Math.max(rates[name], result.rate);
      }
      say(`round ${round} of ${rounds}: ` + row.contenders.map((name) => `${name} ${results[name].at(-1).cpu.toFixed(1)} µs`).join(', '));
    }
    return results;
  } finally {
    await Promise.all(Object.values(servers).map((server) => stop(server.child)));
  }
}

/** What becomes of the requests that are under way when the load stops: one a connection. */
const cutOff = ['refused client_disconnected', 'refused body_incomplete'];

/** Requests a second that one of ours may reach before it was measured. */
const guess = (bodyBytes) => Math.min(25_000, 1.2e9 / bodyBytes);

async function measure(name, { child, metrics }, drive) {
  const countersBefore = metrics && await counters(metrics);
  const before = readProcessor(child.pid);
  const { requests, rate, p50, p99, refused, broken } = await drive();
  const after = readProcessor(child.pid);
  // What was cut off at the end of the load is still on its way to the counters.
  if (metrics) await delay(50);
  const countersAfter = metrics && await metrics();

  const { flaw, outcome } = contenders[name];
  const expected = flaw === 'none' ? 0 : requests;
  if (broken > 0 || refused !== expected || requests === 0) {
    throw new Error(`${name}: of ${requests} requests ${refused} were refused, not ${expected}, and ${broken} not answered`);
  }
  if (metrics) judge(name, outcome, requests, countersBefore, countersAfter);
  const { peak, resident } = memory(child.pid);
  return {
    requests, rate, p50, p99, peak, resident,
    cpu: processorTime(before, after) / requests,
    ...(metrics && {
      allocated: (countersAfter.allocated - countersBefore.allocated - countersBefore.cost) / requests,
      evictions: countersAfter.evictions,
    }),
  };
}

/** The counters as they are now, with what one reading of them allocates. */
async function counters(metrics) {
  const first = await metrics();
  const second = await metrics();
  return { ...second, cost: second.allocated - first.allocated };
}

/** Ours must say that it did what it is measured for. */
function judge(name, outcome, requests, before, after) {
  const counts = Object.fromEntries(Object.entries(after.outcomes)
    .map(([key, value]) => [key, value - (before.outcomes[key] ?? 0)])
    .filter(([, value]) => value > 0));
  const others = Object.entries(counts).filter(([key]) => key !== outcome && !cutOff.includes(key));
  if (!(counts[outcome] >= requests) || others.length > 0) {
    throw new Error(`${name}: ${requests} requests should be "${outcome}", but the counters say ${JSON.stringify(counts)}`);
  }
}
