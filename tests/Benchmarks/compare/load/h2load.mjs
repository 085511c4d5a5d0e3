// h2load as the load, for what wrk does not speak: HTTP/2. It sends one and the same request again and again.
import { readFileSync, rmSync } from 'node:fs';
import { run } from '../process.mjs';
import { quantile } from '../statistics.mjs';

/**
 * Drives a proxy for some seconds.
 * @param {{ url: string, paths: string[], headers: string[], body: string, log: string, connections: number, seconds: number,
 *   version: 1 | 2, streams?: number, share?: number }} load body and log are files; streams are those of one connection, and
 *   share is what part of the connections is opened
 * @returns as of wrk
 */
export async function h2load({ url, paths, headers, body, log, connections, seconds, version, streams = 1, share = 1 }) {
  rmSync(log, { force: true });
  const output = await run('h2load', [
    ...(version === 1 ? ['--h1'] : []),
    '-t1', `-c${connections * share}`, `-m${streams}`, `-D${seconds}`, '-d', body, `--log-file=${log}`,
    ...[...headers, 'content-type: application/json'].flatMap((header) => ['-H', header]),
    new URL(paths[0], url),
  ]);
  const number = (pattern) => Number(pattern.exec(output)[1]);
  const latencies = readFileSync(log, 'utf8').trim().split('\n').map((line) => Number(line.split('\t')[2])).sort((a, b) => a - b);
  const requests = number(/status codes: (\d+) 2xx/);
  return {
    requests,
    rate: requests / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    refused: number(/3xx, (\d+) 4xx/) + number(/4xx, (\d+) 5xx/),
    broken: number(/(\d+) errored/) + number(/(\d+) timeout/),
    late: 0,
  };
}
