// Everything that can be put under load, by name.
import { startExpress } from './proxies/express.mjs';
import { startHaproxy } from './proxies/haproxy.mjs';
import { startNjs } from './proxies/njs.mjs';
import { startOurs, startOursWithPostgres, startOursWithTls } from './proxies/ours.mjs';
import { startStock, startStockWithTls } from './proxies/stock.mjs';

const path = '/hooks/verified';

/**
 * start gives { child, port, metrics? }. paths are what requests are sent to, flaw is what is wrong with them
 * (requests.mjs), outcome is what our own counters must then say. http is for h2load (load/h2load.mjs) instead of wrk.
 */
const defaults = { paths: [path], flaw: 'none', program: undefined };

const ours = (title, more = {}) => ({ ...defaults, title, start: startOurs(more.options), outcome: 'verified', ...more });
const peer = (title, start, more = {}) => ({ ...defaults, title, start, ...more });

const withoutReplay = startOursWithTls({ replay: 'Off' });

export const contenders = {
  stock: peer('stock YARP', startStock('forward')),
  'stock-meters': peer('stock YARP + framework meters + OpenTelemetry', startStock('forward-with-meters')),
  'stock-server-gc': peer('stock YARP with server GC', startStock('forward', { DOTNET_gcServer: '1' })),
  'stock-hmac': peer('stock YARP + HMAC', startStock('forward-with-hmac')),
  none: ours('ours, None', { paths: ['/hooks/none'], outcome: 'unverified' }),
  verifying: ours('ours, verifying'),
  haproxy: peer('HAProxy with hmac', startHaproxy),
  njs: peer('nginx + njs', startNjs),
  express: peer('Express', startExpress),

  // The build that --baseline names, to compare ours with ours.
  'baseline-none': ours('baseline, None', { paths: ['/hooks/none'], outcome: 'unverified', program: 'baseline' }),
  'baseline-verifying': ours('baseline, verifying', { program: 'baseline' }),

  'refused-unsigned': ours('ours, no signature', { flaw: 'unsigned', outcome: 'rejected signature_missing' }),
  'refused-stale': ours('ours, signed yesterday', { flaw: 'stale', outcome: 'rejected timestamp_too_old' }),
  'refused-forged': ours('ours, wrong MAC', { flaw: 'forged', outcome: 'rejected signature_mismatch' }),
  'bare-refusal': peer('Kestrel: constant 400', startStock('refuse'), { flaw: 'stale' }),
  'bare-hmac-refusal': peer('Kestrel: body, HMAC, 400', startStock('refuse-after-hmac'), { flaw: 'forged' }),

  'routes-1000': ours('ours, 1,000 routes', { options: { routes: 1000 } }),
  'routes-1000-all': ours('ours, 1,000 routes, all of them under load', {
    options: { routes: 1000 },
    paths: [path, ...Array.from({ length: 998 }, (_, i) => `/hooks/route${i + 2}`)],
  }),
  'verifying-postgres': ours('ours, verifying, PostgreSQL store', { start: startOursWithPostgres }),
  'verifying-tls': ours('ours, verifying, TLS', { start: startOursWithTls() }),
  'stock-tls': peer('stock YARP, TLS', startStockWithTls),

  // h2load repeats one request, so that these remember none.
  'h1-tls': ours('ours, HTTP/1.1, TLS, no replay check', { start: withoutReplay, http: { version: 1 } }),
  'h2-tls': ours('ours, HTTP/2, TLS, no replay check', { start: withoutReplay, http: { version: 2 } }),
  'h2-streams': ours('the same, 4 connections of 8 streams', { start: withoutReplay, http: { version: 2, streams: 8, share: 1 / 8 } }),
  'stock-h1-tls': peer('stock YARP, HTTP/1.1, TLS', startStockWithTls, { http: { version: 1 } }),
  'stock-h2-tls': peer('stock YARP, HTTP/2, TLS', startStockWithTls, { http: { version: 2 } }),

  'secrets-5': ours('ours, 5 secrets, the last matches', { options: { secretCount: 5 } }),
};
