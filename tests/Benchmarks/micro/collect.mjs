#!/usr/bin/env node
// Reads BenchmarkDotNet's reports, shows each result beside the one that was saved, and saves it with --save.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceBetween } from '../compare/document.mjs';
import { machine, revision } from '../compare/machine.mjs';
import { table } from '../compare/table.mjs';
import { readReport } from './report.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const reports = join(root, 'artifacts/micro/results');
const kept = join(root, 'tests/Benchmarks/results');
const file = join(kept, 'micro.json');

const saved = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const { processor, processors, dotnet } = machine();
const origin = { revision: revision(), date: new Date().toISOString().slice(0, 10), machine: `${processors} × ${processor}, .NET SDK ${dotnet}` };

const current = {};
for (const name of readdirSync(reports).filter((name) => name.endsWith('-report.csv')).sort()) {
  const type = name.replace(/-report\.csv$/, '').split('.').at(-1);
  current[type] = { ...origin, results: readReport(readFileSync(join(reports, name), 'utf8')) };
}

// BenchmarkDotNet ends well also where it measured nothing.
const missing = Object.entries(current).flatMap(([type, { results }]) =>
  Object.entries(results).filter(([, { mean }]) => !mean || mean === 'NA').map(([name]) => `${type}.${name}`));
if (missing.length > 0) throw new Error(`not measured: ${missing.join(', ')}`);

console.log(table(['benchmark', 'mean', 'saved', 'ratio', 'allocated', 'saved'], Object.entries(current).flatMap(([type, { results }]) =>
  Object.entries(results).map(([name, { mean, ratio, allocated }]) => {
    const before = saved[type]?.results[name];
    return [`${type}.${name}`, mean, before?.mean ?? '–', ratio ?? '–', allocated, before?.allocated ?? '–'];
  })), true));

if (process.argv.includes('--save')) {
  const all = Object.fromEntries(Object.entries({ ...saved, ...current }).sort(([a], [b]) => (a < b ? -1 : 1)));
  mkdirSync(kept, { recursive: true });
  writeFileSync(file, JSON.stringify(all, null, 2) + '\n');
  replaceBetween(join(root, 'docs/performance.md'), 'micro.sh', Object.entries(all).map(page).join('\n\n'));
}

function page([type, { revision, date, machine, results }]) {
  const lines = Object.entries(results).map(([name, { mean, error, ratio, allocated }]) => [name, mean, `± ${error}`, ratio ?? '–', allocated]);
  return `### ${type.replace(/Benchmarks$/, '')}\n\n${table(['', 'mean', 'error', 'ratio', 'allocated'], lines)}\n\n${revision}, ${date}, ${machine}.`;
}
