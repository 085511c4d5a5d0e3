#!/usr/bin/env node
// Takes each check of docs/security.md out, and what survives a fault, one at a time, in a copy of the last commit, and demands that every test which the
// row names goes red. The edits stand in removed-checks.json.
//
//     node tests/removed-checks.mjs              # every row: about half a minute each
//     node tests/removed-checks.mjs F1 R4        # some
//
// Exit 0 when all went red, 1 otherwise. The last line is "N red, N green".
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const rows = new Map(readFileSync(join(root, 'docs/security.md'), 'utf8').split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^[A-Z]\d+$/.test(cells[1] ?? ''))
  .map((cells) => [cells[1], [...cells.at(-2).matchAll(/`(\w+)\.(\w+)`/g)].map(([, type, method]) => ({ type, method }))]));
const edits = JSON.parse(readFileSync(join(root, 'tests/removed-checks.json'), 'utf8')).filter(({ id }) => wanted.length === 0 || wanted.includes(id));

const copy = mkdtempSync(join(tmpdir(), 'removed-checks-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
execFileSync('tar', ['-x', '-C', copy], { input: execFileSync('git', ['-C', root, 'archive', 'HEAD'], { maxBuffer: 1 << 30 }) });

// A check that is gone leaves things unused: warnings are none of our business here.
const quick = ['-c', 'Release', '--nologo', '-v', 'quiet', '-p:TreatWarningsAsErrors=false', '-p:RunAnalyzers=false', '-p:GenerateDocumentationFile=false'];
const run = (...args) => spawnSync('dotnet', args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
const sources = execFileSync('git', ['-C', root, 'ls-files', 'tests'], { encoding: 'utf8' }).split('\n');
const projectOf = (type) => sources.find((path) => path.endsWith(`/${type}.cs`)).split('/').slice(0, 2).join('/');

/** Whether each test went red, and what to say of the row. */
function outcomes(tests) {
  return tests.map(({ type, method }) => {
    // Two classes of the same name in two projects: the one that has the method is meant.
    const path = sources.find((file) => file.endsWith(`/${type}.cs`) && readFileSync(join(root, file), 'utf8').includes(` ${method}(`));
    const project = path?.split('/').slice(0, 2).join('/') ?? projectOf(type);
    const build = run('build', project, ...quick);
    if (build.status !== 0) return { red: false, words: `does not build: ${/error .*/.exec(build.stdout)?.[0]}` };
    const test = run('test', project, '-c', 'Release', '--no-build', '--nologo', '--logger', 'console;verbosity=normal', '--filter', `FullyQualifiedName~.${type}.${method}`);
    const failed = new RegExp(`^\\s*Failed \\S*\\.${type}\\.${method}\\b`, 'm').test(test.stdout);
    const verdict = failed ? 'red' : test.status === 0 ? 'GREEN' : `WITHOUT A VERDICT (exit ${test.status})`;
    return { red: failed, words: `${type}.${method} ${verdict}` };
  });
}

let green = 0;
for (const { id, file, find, replace } of edits) {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) throw new Error(`${id}: the text to replace stands ${source.split(find).length - 1} times in ${file}`);
  writeFileSync(path, source.replace(find, () => replace));
  const tests = rows.get(id);
  const results = tests.length > 0 ? outcomes(tests) : [timing()];
  writeFileSync(path, source);
  if (!results.every(({ red }) => red)) green++;
  console.log(`${id.padEnd(4)} ${results.map(({ words }) => words).join(', ')}`);
}

/** A row without a test is the one that only statistics can show. */
function timing() {
  const measured = run('run', '--project', 'tests/Benchmarks', '-c', 'Release', '-p:TreatWarningsAsErrors=false', '-p:RunAnalyzers=false', '--', 'timing');
  const red = measured.status === 1 && /leaks/.test(measured.stdout);
  return { red, words: `timing ${red ? 'red' : 'GREEN'}` };
}

console.log(`${edits.length - green} red, ${green} green`);
process.exitCode = green > 0 ? 1 : 0;
