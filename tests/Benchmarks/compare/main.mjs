#!/usr/bin/env node
// Measures the rows that are asked for, keeps their rounds as JSON, and reports. See docs/performance.md.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, revision } from './machine.mjs';
import { readOptions, usage } from './options.mjs';
import { startUpstream } from './proxies/upstream.mjs';
import { report } from './report.mjs';
import { rows } from './rows.mjs';
import { stop } from './process.mjs';
import { takeTurns } from './turns.mjs';

const artifacts = fileURLToPath(new URL('../../../artifacts/compare/', import.meta.url));
const programs = join(artifacts, 'programs');
const kept = join(artifacts, 'results');
const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

const options = readOptions(process.argv.slice(2), rows);
if (options.help || options.list) {
  console.log(options.help ? usage : Object.entries(rows).map(([id, { title }]) => `${id.padEnd(16)}${title}`).join('\n'));
  process.exit(0);
}

mkdirSync(kept, { recursive: true });
if (!options.report) {
  if (options.baseline) linkBaseline(resolve(options.baseline));
  // A row that fails is not reported and fails the whole; the others are measured all the same.
  for (const id of options.rows) {
    await measure(id, rows[id]).catch((error) => {
      say(`"${id}" failed: ${error.stack}`);
      process.exitCode = 1;
    });
  }
}
report({ kept, rows, options, artifacts });

/** Each row starts its own upstream and its own proxies, in a directory that is gone afterwards. */
async function measure(id, row) {
  const directory = mkdtempSync(join(tmpdir(), 'compare-'));
  rmSync(join(kept, `${id}.json`), { force: true });
  const upstream = await startUpstream(directory);
  say(`== ${id}: ${row.title}`);
  try {
    const started = new Date().toISOString();
    const rounds = await (row.run ?? takeTurns)(row, { directory, programs, upstream, options, say });
    const result = {
      id, started, machine: machine(), revision: revision(), rounds,
      options: { rounds: options.rounds, seconds: options.seconds, warmup: options.warmup },
    };
    writeFileSync(join(kept, `${id}.json`), JSON.stringify(result, null, 1) + '\n');
    rmSync(directory, { recursive: true });
  } catch (error) {
    say(`the logs of "${id}" are in ${directory}`);
    throw error;
  } finally {
    await stop(upstream.child);
  }
}

function linkBaseline(directory) {
  if (!existsSync(join(directory, 'proxy'))) throw new Error(`${directory} holds no published proxy`);
  const link = join(programs, 'baseline');
  rmSync(link, { force: true, recursive: true });
  symlinkSync(directory, link);
}
