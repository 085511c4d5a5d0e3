// Providers that sign a time along with the body, and some that sign more.
import { createHash } from 'node:crypto';
import { json } from '../lib/handshakes.mjs';
import { standardWebhooks, stripeLike } from '../lib/schemes.mjs';

const base64Key = { secret: 'dGVzdCBzZWNyZXQsIGRlY29kZWQ=', other: 'YW5vdGhlciBzZWNyZXQ=' };
const decode = (m, encoding = 'base64') => Buffer.from(m.secret, encoding);
const minutes = 60;

/** One header with signature and time: fields(time, signature) writes it; text(time, body) is what is signed. */
const oneHeader = (header, fields, text, { tolerance = 300, encoding = 'hex', millis = true, key, ...rest } = {}) => ({
  tolerance,
  sign(m) {
    const time = millis ? m.millis : `${m.time}`;
    return { [header]: fields(time, m.hmac('sha256', text(time, m.body), encoding, key?.(m))) };
  },
  ...rest,
});

/** A header each for signature and time. */
const twoHeaders = (header, timeHeader, text, {
  tolerance = 300, encoding = 'hex', time = (m) => `${m.time}`, prefix = '', key, ...rest
} = {}) => ({
  tolerance,
  sign: (m) => ({ [header]: prefix + m.hmac('sha256', text(time(m), m.body), encoding, key?.(m)), [timeHeader]: time(m) }),
  ...rest,
});

const inMillis = (m) => m.millis;
const dotted = (time, body) => `${time}.${body}`;

/** Two signatures in a list, of which the second is the right one. */
const secondOf = (header, list) => (build) => [
  build('second signature of the list', 'Verified', {}, ({ headers }) => { headers[header] = list(headers[header], '00'.repeat(32)); }),
];

/** A hash without a key, over body, time and secret. */
const cloudinary = (hash) => ({
  tolerance: 120 * minutes,
  sign: (m) => ({ 'X-Cld-Signature': m.hash(hash, m.body + m.time + m.secret), 'X-Cld-Timestamp': `${m.time}` }),
});

const frontSync = '{"type":"sync","authorization":{"id":"cmp_1"}}';
const frontChallenge = { 'x-front-challenge': 'abc123' };

export default {
  airwallex: twoHeaders('x-signature', 'x-timestamp', (time, body) => time + body, {
    time: inMillis, secret: 'whsec_dGhpcyBpcyBub3QgZGVjb2RlZA==',
  }),
  billit: stripeLike('Billit-Signature', { mark: 's' }),
  blockfrost: stripeLike('Blockfrost-Signature', { tolerance: 10 * minutes }),
  cashfree: twoHeaders('x-webhook-signature', 'x-webhook-timestamp', (time, body) => time + body, { time: inMillis, encoding: 'base64' }),
  chatwoot: twoHeaders('X-Chatwoot-Signature', 'X-Chatwoot-Timestamp', dotted, { prefix: 'sha256=' }),
  close: twoHeaders('close-sig-hash', 'close-sig-timestamp', (time, body) => time + body, {
    key: (m) => decode(m, 'hex'), secret: '00112233445566778899aabbccddeeff', other: 'ffeeddccbbaa99887766554433221100',
  }),
  'cloudflare-stream': stripeLike('Webhook-Signature', { time: 'time', mark: 'sig1' }),
  cloudinary: cloudinary('sha1'),
  'cloudinary-sha256': cloudinary('sha256'),
  // v1, which signs headers too, is there and not looked at.
  'coinbase-cdp': oneHeader(
    'X-Hook0-Signature', (time, signature) => `t=${time},v0=${signature},h=content-type x-event-id,v1=${'ab'.repeat(32)}`, dotted, {
      millis: false,
      more: (build) => [
        build('v1 alone', 'SignatureMissing', {}, ({ headers }) => {
          headers['X-Hook0-Signature'] = headers['X-Hook0-Signature'].replace(/v0=[^,]*,/, '');
        }),
      ],
    }),
  'convoy-advanced': stripeLike('X-Convoy-Signature', { join: ',' }),
  'convoy-advanced-sha512': stripeLike('X-Convoy-Signature', { join: ',', hash: 'sha512' }),
  'customer-io': twoHeaders('X-CIO-Signature', 'X-CIO-Timestamp', (time, body) => `v0:${time}:${body}`),
  duffel: stripeLike('X-Duffel-Signature'),
  elevenlabs: stripeLike('ElevenLabs-Signature', { tolerance: 30 * minutes, mark: 'v0' }),
  front: twoHeaders('X-Front-Signature', 'X-Front-Request-Timestamp', (time, body) => `${time}:${body}`, {
    time: inMillis,
    encoding: 'base64',
    handshakes: (build) => [
      build('sync', 'Answered', { body: frontSync, headers: frontChallenge, answer: json('{"challenge":"abc123"}') }),
      build('wrong signature', 'Refused', { body: frontSync, headers: { ...frontChallenge, 'X-Front-Signature': `${'A'.repeat(43)}=` } }),
      build('event with a challenge', 'NotAHandshake', { body: '{"type":"inbound_received"}', headers: frontChallenge }),
      build('no challenge', 'NotAHandshake', { body: frontSync }),
    ],
  }),
  ghost: oneHeader('X-Ghost-Signature', (time, signature) => `sha256=${signature}, t=${time}`, (time, body) => body + time),
  // The time's unit is not documented, so that it is signed and not judged.
  lob: {
    sign: (m) => ({ 'Lob-Signature': m.hmac('sha256', `${m.millis}.${m.body}`), 'Lob-Signature-Timestamp': m.millis }),
    more: (build) => [
      build('another time', 'SignatureMismatch', {}, ({ headers }) => { headers['Lob-Signature-Timestamp'] = '1735787045679'; }),
      build('no time', 'SignatureMissing', {}, ({ headers }) => { delete headers['Lob-Signature-Timestamp']; }),
    ],
  },
  orb: twoHeaders('X-Orb-Signature', 'X-Orb-Timestamp', (time, body) => `v1:${time}:${body}`, {
    prefix: 'v1=',
    time: (m) => m.iso.slice(0, -'Z'.length),
    more: secondOf('X-Orb-Signature', (genuine, other) => `v1=${other} ${genuine}`),
  }),
  // te is the signature of test mode, li that of live mode; the other one is empty.
  paymongo: oneHeader('Paymongo-Signature', (time, signature) => `t=${time},te=,li=${signature}`, dotted, { millis: false }),
  'paymongo-test': oneHeader('Paymongo-Signature', (time, signature) => `t=${time},te=${signature},li=`, dotted, { millis: false }),
  'quo-openphone': oneHeader('openphone-signature', (time, signature) => `hmac;1;${time};${signature}`, dotted, {
    ...base64Key,
    encoding: 'base64',
    key: decode,
    more: (build) => [
      build('another version', 'SignatureMalformed', {}, ({ headers }) => {
        headers['openphone-signature'] = headers['openphone-signature'].replace(';1;', ';2;');
      }),
    ],
  }),
  readme: oneHeader('ReadMe-Signature', (time, signature) => `t=${time},v0=${signature}`, dotted, { tolerance: 30 * minutes }),
  recurly: oneHeader('recurly-signature', (time, signature) => `${time},${signature}`, dotted, {
    secret: '354fab5bd35f5a0d50845ee7e30165244468b13c2c343f104e4e730a59326d9e',
    more: secondOf('recurly-signature', (genuine, other) => genuine.replace(',', `,${other},`)),
  }),
  retell: oneHeader('x-retell-signature', (time, signature) => `v=${time},d=${signature}`, (time, body) => body + time),
  revenuecat: stripeLike('X-RevenueCat-Webhook-Signature'),
  revolut: twoHeaders('Revolut-Signature', 'Revolut-Request-Timestamp', (time, body) => `v1.${time}.${body}`, {
    time: inMillis,
    prefix: 'v1=',
    more: secondOf('Revolut-Signature', (genuine, other) => `v1=${other},${genuine}`),
  }),
  samsara: twoHeaders('X-Samsara-Signature', 'X-Samsara-Timestamp', (time, body) => `v1:${time}:${body}`, {
    ...base64Key, prefix: 'v1=', key: decode,
  }),
  sanity: oneHeader('sanity-webhook-signature', (time, signature) => `t=${time},v1=${signature}`, dotted, { encoding: 'base64url' }),
  shippo: stripeLike('Shippo-Auth-Signature'),
  'sinch-conversation': {
    tolerance: 5 * minutes,
    sign: (m) => ({
      'x-sinch-webhook-signature': m.hmac('sha256', `${m.body}.01FJA8B4A7BM43YGWSG9GBV067.${m.time}`, 'base64'),
      'x-sinch-webhook-signature-algorithm': 'HmacSHA256',
      'x-sinch-webhook-signature-nonce': '01FJA8B4A7BM43YGWSG9GBV067',
      'x-sinch-webhook-signature-timestamp': `${m.time}`,
    }),
    more: (build) => [
      build('another nonce', 'SignatureMismatch', {}, ({ headers }) => { headers['x-sinch-webhook-signature-nonce'] += '8'; }),
      build('another algorithm', 'SignatureMalformed', {}, ({ headers }) => {
        headers['x-sinch-webhook-signature-algorithm'] = 'HmacSHA1';
      }),
    ],
  },
  'sinch-voice': {
    ...base64Key,
    tolerance: 5 * minutes,
    sign(m) {
      const digest = createHash('md5').update(m.body).digest('base64');
      const content = `POST\n${digest}\n${m.contentType}\nx-timestamp:${m.iso}\n/in/sinch-voice`;
      const signature = m.hmac('sha256', content, 'base64', decode(m));
      return { Authorization: `Application 669E367E-6BBA-48AB-AF15-266871C28135:${signature}`, 'x-timestamp': m.iso };
    },
    more: (build) => [
      build('another path', 'SignatureMismatch', {}, (request) => { request.url += '/other'; }),
      build('another content type', 'SignatureMismatch', {}, ({ headers }) => { headers['Content-Type'] = 'text/plain'; }),
      build('Basic', 'SignatureMalformed', {}, ({ headers }) => { headers.Authorization = 'Basic YTpi'; }),
    ],
  },
  synctera: twoHeaders('Synctera-Signature', 'Request-Timestamp', dotted, {
    more: secondOf('Synctera-Signature', (genuine, other) => `${other}.${genuine}`),
  }),
  tiktok: stripeLike('TikTok-Signature', { mark: 's' }),
  twenty: twoHeaders('X-Twenty-Webhook-Signature', 'X-Twenty-Webhook-Timestamp', (time, body) => `${time}:${body}`, { time: inMillis }),
  whoop: twoHeaders('X-WHOOP-Signature', 'X-WHOOP-Signature-Timestamp', (time, body) => time + body, {
    time: inMillis, encoding: 'base64',
  }),
  // A space behind the comma, as the provider sends it.
  workos: oneHeader('WorkOS-Signature', (time, signature) => `t=${time}, v1=${signature}`, dotted, { tolerance: 3 * minutes }),
  zerohash: twoHeaders('x-zh-hook-signature', 'x-zh-hook-timestamp', (time, body) => body + time, { time: inMillis }),
  zitadel: stripeLike('ZITADEL-Signature'),

  // Standard Webhooks under their own names, or Svix's.
  anthropic: standardWebhooks(),
  brex: standardWebhooks('webhook', { secretPrefix: '' }),
  clerk: standardWebhooks('svix'),
  etsy: standardWebhooks(),
  finch: {
    ...base64Key,
    tolerance: 5 * minutes,
    sign: (m) => ({
      'Finch-Signature': `v1,${m.hmac('sha256', `evt_4711.${m.time}.${m.body}`, 'base64', decode(m))}`,
      'Finch-Event-Id': 'evt_4711',
      'Finch-Timestamp': `${m.time}`,
    }),
    more: (build) => [build('another id', 'SignatureMismatch', {}, ({ headers }) => { headers['Finch-Event-Id'] = 'evt_4712'; })],
  },
  flex: standardWebhooks('svix'),
  gemini: standardWebhooks(),
  'incident-io': standardWebhooks(),
  lithic: standardWebhooks(),
  loops: standardWebhooks(),
  polar: { ...standardWebhooks('webhook', { decode: false }), secret: 'polar_whs_dGhpcyBpcyBub3QgZGVjb2RlZA==' },
  render: standardWebhooks(),
  replicate: standardWebhooks(),
  resend: standardWebhooks('svix'),
  stytch: standardWebhooks('svix'),
  'supabase-auth-hooks': {
    ...standardWebhooks('webhook', { secretPrefix: 'v1,whsec_' }),
    more: (build) => [
      build('another id', 'SignatureMismatch', {}, ({ headers }) => { headers['webhook-id'] = 'msg_4712'; }),
      build('second signature behind comma and space', 'Verified', {}, ({ headers: h }) => {
        h['webhook-signature'] = `v1,${Buffer.alloc(32).toString('base64')}, ${h['webhook-signature']}`;
      }),
    ],
  },
  vanta: standardWebhooks('svix'),
};
