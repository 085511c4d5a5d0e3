// What a result was measured on, and with.
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const first = (program, args, options) => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options }).split('\n')[0].trim();
  } catch {
    return '';
  }
};

export const machine = () => ({
  processor: cpus()[0].model,
  processors: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  dotnet: first('dotnet', ['--version'], { cwd: root }),
  node: process.version,
  haproxy: first('haproxy', ['-v']).replace(/^HAProxy version (\S+).*/, '$1'),
});

/** The commit, with a mark where files differ from it. */
export const revision = () => first('git', ['describe', '--always', '--dirty', '--exclude=*'], { cwd: root });
