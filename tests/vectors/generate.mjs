#!/usr/bin/env node
// Writes the computed cases of tests/WebhookVerification.Tests/Vectors/*.json, and docs/providers.md. The formulas come from
// the providers' facts and know nothing of config/providers: an entry and its formula have to agree without having met.
// Published cases are left as they are. With --check, nothing is written and a file that would change is an error.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { casesOf } from './lib/cases.mjs';
import { handshakesOf } from './lib/handshakes.mjs';
import { format } from './lib/json.mjs';
import { providersPage } from './lib/page.mjs';
import { known } from './known/known.mjs';

const root = new URL('../../', import.meta.url);
const check = process.argv.includes('--check');
let stale = 0;

function write(path, text) {
  const file = new URL(path, root);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  stale++;
  console.log(`${check ? 'differs' : 'written'}: ${path}`);
  if (!check) writeFileSync(file, text);
}

function publishedCases(path) {
  const file = new URL(path, root);
  const { cases } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { cases: [] };
  return cases.filter(({ source }) => source !== 'computed');
}

const handshakePath = 'tests/WebhookVerification.Tests/Handshakes/vectors.json';
const handshakes = publishedCases(handshakePath);
const seen = new Set();
for (const name of readdirSync(new URL('formulas/', import.meta.url)).sort()) {
  const { default: formulas } = await import(`./formulas/${name}`);
  for (const [id, formula] of Object.entries(formulas)) {
    if (seen.has(id)) throw new Error(`${name}: ${id} has a formula already`);
    seen.add(id);
    const path = `tests/WebhookVerification.Tests/Vectors/${id}.json`;
    const cases = [...publishedCases(path), ...casesOf(id, formula)];
    write(path, format({ cases }));
    handshakes.push(...handshakesOf(id, formula));
  }
}

write(handshakePath, format({ cases: handshakes }));
for (const [name, cases] of Object.entries(known)) write(`tests/WebhookVerification.Tests/KnownAnswers/${name}.json`, format({ cases }));
write('docs/providers.md', providersPage(root));
if (check && stale > 0) {
  console.error('Run node tests/vectors/generate.mjs, and look at what changes before you commit it.');
  process.exit(1);
}
