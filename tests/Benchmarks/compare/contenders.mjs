// Everything that can be put under load, by name.
import { startExpress } from './proxies/express.mjs';
import { startHaproxy } from './proxies/haproxy.mjs';
import { startNjs } from './proxies/njs.mjs';
import { startOurs } from './proxies/ours.mjs';
import { startStock } from './proxies/stock.mjs';

const path = '/hooks/verified';

/**
 * start gives { child, port, metrics? }. paths are what requests are sent to, flaw is what is wrong with them
 * (requests.mjs), outcome is what our own counters must then say.
 */
const defaults = { paths: [path], flaw: 'none', program: undefined };

const ours = (title, more = {}) => ({ ...defaults, title, start: startOurs(more.options), outcome: 'verified', ...more });
const peer = (title, start, more = {}) => ({ ...defaults, title, start, ...more });

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
  'secrets-5': ours('ours, 5 secrets, the last matches', { options: { secretCount: 5 } }),
};
