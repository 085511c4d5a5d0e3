import { readdirSync, readFileSync } from 'node:fs';

const read = (root, path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const cell = (text) => text.replaceAll('|', '\\|');
const list = (value) => (Array.isArray(value) ? value : [value]);

const timeFormats = {
  'unix': 'Unix seconds', 'unix-ms': 'Unix milliseconds', 'rfc3339': 'RFC 3339', 'rfc3339-utc': 'RFC 3339 without zone', 'http-date': 'HTTP date',
};

function place({ algorithm, signature }) {
  if (!signature) return `\`Authorization\`${algorithm === 'basic' ? ' (Basic)' : ''}`;
  const names = list(signature.in).map((source) => `\`${source.startsWith('header:') ? source.slice('header:'.length) : source}\``);
  return cell(names.join(', '));
}

function time({ timestamp, bodyTimestamp }) {
  if (timestamp) return timeFormats[timestamp.format];
  return bodyTimestamp ? `${timeFormats[bodyTimestamp.format]}, in the body` : '–';
}

function handshakes({ scheme }) {
  const kinds = (scheme.handshakes ?? []).map(({ signed, respond }) => {
    const answer = JSON.stringify(respond);
    const kind = answer.includes('{hmac:') ? 'computed answer' : /\{(query|header|json):/.test(answer) ? 'echo' : 'fixed answer';
    return signed ? `${kind}, signed` : kind;
  });
  return [...new Set(kinds)].join('; ') || '–';
}

function vectors(root, id) {
  const { cases } = read(root, `tests/WebhookVerification.Tests/Vectors/${id}.json`);
  const published = cases.filter(({ source }) => source !== 'computed').length;
  return published > 0 ? `${published} published, ${cases.length - published} computed` : `${cases.length} computed`;
}

/** docs/providers.md: every entry of the catalogue, and every provider that it cannot express yet. */
export function providersPage(root) {
  const entries = readdirSync(new URL('config/providers/', root)).sort().map((name) => read(root, `config/providers/${name}`));
  const rows = entries.map((entry) => [
    `\`${entry.id}\``, `[${cell(entry.name)}](${entry.docs})`, entry.scheme.algorithm, entry.scheme.signature?.encoding ?? '–',
    place(entry.scheme), time(entry.scheme), handshakes(entry), vectors(root, entry.id),
  ]);
  const unsupported = read(root, 'config/providers-unsupported.json').map(({ id, name, reason }) => [`\`${id}\``, cell(name), cell(reason)]);
  const table = (head, lines) => [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');

  return `# Providers

Written by \`node tests/vectors/generate.mjs\` from \`config/providers\` and the vectors beside the tests; do not edit it by hand.
A policy names one of these ids in \`Provider\`. Every entry is proven by vectors: published by the provider or by somebody
else, or computed by an independent implementation. \`proxy providers ID\` shows an entry with an example.

## Supported: ${entries.length}

${table(['id', 'provider', 'algorithm', 'encoding', 'signature in', 'signed time', 'handshake', 'vectors'], rows)}

## Not supported: ${unsupported.length}

${table(['id', 'provider', 'why'], unsupported)}
`;
}
