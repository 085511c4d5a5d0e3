// From the start of the program to its first answer that came through to the upstream and back.
import { launchOurs } from './proxies/ours.mjs';
import { launchStock } from './proxies/stock.mjs';
import { ask, stop } from './process.mjs';
import { bodyOf, headersOf } from './requests.mjs';
import { shuffled } from './statistics.mjs';
import { memory, processorTime, readProcessor } from './usage.mjs';

const launchers = {
  stock: (context) => launchStock(context, 'forward'),
  verifying: (context) => launchOurs(context),
};
const body = bodyOf(2048);
const limit = 60_000;
const nothing = { threads: new Map(), ticks: 0 };

/** As takeTurns; a round has start and, of the processor's time, spent, both in milliseconds. */
export async function startRepeatedly(row, context) {
  const results = Object.fromEntries(row.contenders.map((name) => [name, []]));
  // The first start of each reads its files from the disk.
  for (const name of row.contenders) await startOnce(name, context);
  for (let round = 1; round <= context.options.rounds; round++) {
    for (const name of shuffled(row.contenders)) results[name].push({ round, ...(await startOnce(name, context)) });
    context.say(`round ${round}: ` + row.contenders.map((name) => `${name} ${results[name].at(-1).start.toFixed(0)} ms`).join(', '));
  }
  return results;
}

async function startOnce(name, context) {
  const begin = performance.now();
  const { child, port } = await launchers[name]({ ...context, name });
  try {
    for (;;) {
      const status = await answer(port);
      const start = performance.now() - begin;
      if (status === 200) return { start, spent: processorTime(nothing, readProcessor(child.pid)) / 1000, resident: memory(child.pid).resident };
      if (status || child.exitCode !== null || start > limit) throw new Error(`${name} started with status ${status}, see ${child.log}`);
    }
  } finally {
    await stop(child);
  }
}

/** The status of a genuine webhook, or nothing while nobody listens; that is tried every two milliseconds. */
async function answer(port) {
  const headers = Object.fromEntries(headersOf('none', body).map((line) => line.split(': ')));
  try {
    const { status } = await ask(port, '/hooks/verified', { method: 'POST', headers, body });
    return status;
  } catch (error) {
    if (error.code !== 'ECONNREFUSED') throw error;
    return new Promise((resolve) => setTimeout(resolve, 2));
  }
}
