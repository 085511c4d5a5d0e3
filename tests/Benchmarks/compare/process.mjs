// Starting and ending the programs under test. All of them end with this process.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, closeSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const running = new Set();
const patience = 60_000;
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** Runs a program to its end and gives its standard output; throws with its standard error when it fails. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) =>
    execFile(program, args.map(String), { maxBuffer: 1 << 28, ...options }, (error, stdout, stderr) =>
      error ? reject(new Error(`${program}: ${error.message}\n${stdout}${stderr}`)) : resolve(stdout)));
}

/** Starts a server whose output goes to a file. */
export function start(program, args, { log, env = {}, cwd, ...rest }) {
  const file = openSync(log, 'a');
  const child = spawn(program, args.map(String), { stdio: ['ignore', file, file], env: { ...process.env, ...env }, cwd, ...rest });
  closeSync(file);
  child.log = log;
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends a server and waits until it is gone. */
export async function stop(child) {
  if (!running.has(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(hard);
}

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends one request; gives status and text. Rejects when nothing answers. */
export function ask(port, path, { protocol = 'http:', method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = protocol === 'https:' ? requestHttps : requestHttp;
    const target = { host: '127.0.0.1', port, path, method, headers, agent: false, rejectUnauthorized: false };
    const outgoing = request(target, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: answer.statusCode, text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

/** Asks until there is an answer of any status. */
export async function waitForAnswer(child, port, path = '/', { pause = 20, ...asked } = {}) {
  for (const end = Date.now() + patience; ;) {
    try {
      return await ask(port, path, asked);
    } catch (error) {
      if (child.exitCode !== null || Date.now() > end) {
        throw new Error(`${child.spawnfile} does not answer on port ${port}: ${error.message}\n${readFileSync(child.log, 'utf8')}`);
      }
      await delay(pause);
    }
  }
}
