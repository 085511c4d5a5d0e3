// A PostgreSQL of the system's packages with its default settings: a data directory of its own, gone afterwards.
import { chownSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { freePort, run } from '../process.mjs';

const packages = '/usr/lib/postgresql';

/** @returns {Promise<{ connectionString: string, stop: () => Promise<void> }>} */
export async function startPostgres(directory) {
  const data = `${directory}/postgres`;
  const port = await freePort();
  const version = readdirSync(packages).sort((a, b) => Number(a) - Number(b)).at(-1);
  // PostgreSQL refuses to run as root; its package brings a user. Output goes nowhere: the server would keep a pipe open.
  const asUser = userInfo().uid === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  const call = (program, ...args) =>
    run('/bin/sh', ['-c', 'exec "$@" >/dev/null 2>&1 </dev/null', 'sh', ...asUser, join(packages, version, 'bin', program), '-D', data, ...args]);

  mkdirSync(data);
  if (asUser.length > 0) await own(directory, data);
  await call('initdb', '-A', 'trust', '-U', 'postgres', '--no-instructions');
  await call('pg_ctl', '-w', '-l', `${data}/log`, '-o', `-p ${port} -k ${data} -c listen_addresses=127.0.0.1`, 'start');
  return {
    connectionString: `Host=127.0.0.1;Port=${port};Username=postgres;Database=postgres`,
    stop: () => call('pg_ctl', '-w', '-m', 'immediate', 'stop'),
  };
}

/** The directory becomes the package's user's, and the way to it passable. */
async function own(directory, data) {
  const [uid, gid] = (await run('getent', ['passwd', 'postgres'])).split(':').slice(2, 4).map(Number);
  chownSync(data, uid, gid);
  await run('chmod', ['711', directory]);
}
