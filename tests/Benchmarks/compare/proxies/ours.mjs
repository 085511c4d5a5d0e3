// Ours, as published: the default log, all metrics, the memory store.
import { writeFileSync } from 'node:fs';
import { secret } from '../requests.mjs';
import { ask, freePort, start, waitForAnswer } from '../process.mjs';
import { certificateIn } from './certificate.mjs';
import { startPostgres } from './postgres.mjs';

/** Decoys are as long as the genuine secret, and the genuine one comes last. */
function secrets(count) {
  const decoys = Array.from({ length: count - 1 }, (_, i) => [`decoy${i}`, decoy(i)]);
  return Object.fromEntries([...decoys, ['genuine', `whsec_${secret}`]]);
}

const decoy = (i) => `whsec_${Buffer.from(`decoy ${i}`.padEnd(24, 'x')).toString('base64')}`;

/** A configuration of so many routes; the first is the one under load, the second forwards unverified. */
export function configurationOf({ port, management, upstream, routes = 4, secretCount = 1, change = () => {} }) {
  const settings = {
    Urls: `http://127.0.0.1:${port}`,
    Management: { Url: `http://127.0.0.1:${management}` },
    ReverseProxy: { Routes: {}, Clusters: { upstream: { Destinations: { app: { Address: upstream.address } } } } },
    Webhooks: { Policies: {} },
  };
  for (let i = 0; i < routes; i++) {
    const id = i === 0 ? 'verified' : i === 1 ? 'none' : `route${i}`;
    settings.ReverseProxy.Routes[id] = { ClusterId: 'upstream', Match: { Path: `/hooks/${id}` } };
    if (id === 'none') settings.ReverseProxy.Routes[id].Metadata = { WebhookPolicy: 'None' };
    else settings.Webhooks.Policies[id] = { Provider: 'standard-webhooks', Secrets: secrets(secretCount) };
  }
  change(settings);
  return settings;
}

/** The start of the program, for who wants to time it. */
export async function launchOurs({ directory, programs, upstream, name = 'ours', program = 'proxy' }, options = {}) {
  const [port, management] = [await freePort(), await freePort()];
  const file = `${directory}/${name}.json`;
  writeFileSync(file, JSON.stringify(configurationOf({ port, management, upstream, ...options }), null, 2));
  const child = start(`${programs}/${program}/proxy`, ['run', '--config', file], { log: `${directory}/${name}.out` });
  return { child, port, management };
}

export const startOurs = (options) => async (context) => {
  const server = await launchOurs(context, options);
  await waitForAnswer(server.child, server.management, '/readyz');
  return { ...server, metrics: () => scrape(server.management) };
};

/** TLS, with HTTP/1.1 and HTTP/2 as the client likes. */
export const startOursWithTls = (options = {}) => async (context) => {
  const { certificate, key } = await certificateIn(context.directory);
  const server = await startOurs({
    change: (settings) => {
      const url = settings.Urls.replace('http:', 'https:');
      delete settings.Urls;
      settings.Kestrel = { Endpoints: { Https: { Url: url, Certificate: { Path: certificate, KeyPath: key } } } };
      if (options.replay) settings.Webhooks.Policies.verified.Replay = { Mode: options.replay };
    },
  })(context);
  return { ...server, scheme: 'https' };
};

/** Claims in PostgreSQL. */
export const startOursWithPostgres = async (context) => {
  const { connectionString, stop } = await startPostgres(context.directory);
  const server = await startOurs({
    change: (settings) => {
      settings.Webhooks.Replay = { Store: 'PostgreSQL', ConnectionString: connectionString };
    },
  })(context);
  return { ...server, close: stop };
};

/** Counters by outcome and reason, and the bytes that the process has allocated in its life. */
async function scrape(port) {
  const { text } = await ask(port, '/metrics');
  const outcomes = {};
  for (const [, labels, value] of text.matchAll(/^webhook_requests_total\{(.*)\} (\S+)/gm)) {
    const label = (name) => new RegExp(`${name}="([^"]*)"`).exec(labels)[1];
    const key = [label('outcome'), label('reason')].filter(Boolean).join(' ');
    outcomes[key] = (outcomes[key] ?? 0) + Number(value);
  }
  return {
    outcomes,
    allocated: Number(/^dotnet_gc_heap_total_allocated_bytes_total(?:\{.*\})? (\S+)/m.exec(text)[1]),
    evictions: Number(/^webhook_replay_evictions_total(?:\{.*\})? (\S+)/m.exec(text)?.[1] ?? 0),
  };
}
