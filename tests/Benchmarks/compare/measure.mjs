// One contender under load for one round: what it used, and whether it did what it should have.
import { setTimeout as delay } from 'node:timers/promises';
import { memory, processorTime, readProcessor } from './usage.mjs';

/** What becomes of the requests that are under way when the load stops: one a connection. */
const cutOff = ['refused client_disconnected', 'refused body_incomplete'];

/**
 * @param {string} name for messages
 * @param {{ flaw: string, outcome?: string }} contender of contenders.mjs
 * @param {{ child: import('node:child_process').ChildProcess, metrics?: () => Promise<object> }} server
 * @param {() => Promise<object>} drive puts it under load
 * @returns {Promise<object>} a round: times in microseconds, memory in MB, cpu and allocated (bytes) per request
 * @throws when a request had another end than the one that is measured
 */
export async function measure(name, contender, server, drive) {
  const { child, metrics } = server;
  const countersBefore = metrics && await counters(metrics);
  const before = readProcessor(child.pid);
  const { requests, rate, p50, p99, refused, broken, late } = await drive();
  const after = readProcessor(child.pid);
  // What was cut off at the end of the load is still on its way to the counters.
  if (metrics) await delay(50);
  const countersAfter = metrics && await metrics();

  const { flaw, outcome } = contender;
  const expected = flaw === 'none' ? 0 : requests;
  if (broken > 0 || refused !== expected || requests === 0) {
    throw new Error(`${name}: of ${requests} requests ${refused} were refused, not ${expected}, and ${broken} not answered`);
  }
  if (metrics) judge(name, outcome, requests, countersBefore, countersAfter);
  const { peak, resident } = memory(child.pid);
  return {
    requests, rate, p50, p99, late, peak, resident,
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
