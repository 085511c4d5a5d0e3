// wrk as the load: HTTP/1.1, kept-alive connections, one thread, requests that were signed beforehand.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '../process.mjs';

const script = fileURLToPath(new URL('wrk.lua', import.meta.url));

/**
 * Drives a proxy for some seconds.
 * @param {{ url: string, paths: string[], heads: string, body: string, targets: string, connections: number, seconds: number,
 *   rate?: number, stopAfter?: number }} load heads, body and targets are files, the last one is written here
 * @returns {Promise<{ requests: number, rate: number, p50: number, p99: number, refused: number, broken: number, late: number }>}
 *   latencies in microseconds; refused counts answers from status 400 up, broken what was not answered
 */
export async function wrk({ url, paths, heads, body, targets, connections, seconds, rate = 0, stopAfter = 0 }) {
  writeFileSync(targets, paths.join('\n') + '\n');
  const output = await run('wrk', [
    '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url, '--', heads, body, targets, rate, stopAfter,
  ]);
  const result = JSON.parse(output.slice(output.lastIndexOf('\n{')));
  return { ...result, rate: result.requests / result.seconds };
}
