// Providers that sign the body and nothing else, in one header.
import { createHmac } from 'node:crypto';
import { json, text } from '../lib/handshakes.mjs';
import { bodyMac, bodyMacWithTime } from '../lib/schemes.mjs';

const base64Key = { secret: 'dGVzdCBzZWNyZXQsIGRlY29kZWQ=', other: 'YW5vdGhlciBzZWNyZXQ=' };
const hexKey = { secret: '00112233445566778899AABBCCDDEEFF', other: 'ffeeddccbbaa99887766554433221100' };

/** As bodyMac, but the key is what the secret's digits or base64 say. */
const decoded = (keys, encodingOfKey, header, hash, encoding = 'hex', prefix = '') => ({
  ...keys,
  sign: (m) => ({ [header]: prefix + m.hmac(hash, m.body, encoding, Buffer.from(m.secret, encodingOfKey)) }),
});

/** GET ?name=value, answered with the value. */
const echo = (name) => (build) => [
  build('challenge', 'Answered', { query: `?${name}=bc609b38-c81f-47fb`, answer: text('bc609b38-c81f-47fb') }),
  build('empty challenge', 'Failed', { query: `?${name}=` }),
  build('no challenge', 'NotAHandshake', { query: '?other=bc609b38' }),
  build('webhook', 'NotAHandshake', { query: `?${name}=bc609b38`, body: '{}' }),
];

const smartcarVerify = (challenge) => JSON.stringify({ eventId: '1', eventType: 'VERIFY', data: { challenge }, meta: { version: '4.0' } });
const linkedInCode = '9a1b7c1e-33d4-4b0f-8a55-0c8d2f6e7a10';

/** As bodyMac, and the same signature passes in a second header. */
const eitherHeader = (first, second, hash, encoding) => ({
  ...bodyMac(first, hash, encoding),
  more: (build) => [
    build('the other header', 'Verified', {}, ({ headers }) => {
      headers[second] = headers[first];
      delete headers[first];
    }),
    build('one of two headers', 'Verified', {}, ({ headers }) => {
      headers[second] = headers[first];
      headers[first] = Buffer.alloc(32).toString(encoding);
    }),
  ],
});

export default {
  ably: bodyMac('X-Ably-Signature', 'sha256', 'base64'),
  acuity: {
    ...bodyMac('X-Acuity-Signature', 'sha256', 'base64'),
    contentType: 'application/x-www-form-urlencoded',
    body: 'action=scheduled&id=4711&calendarID=12&appointmentTypeID=3&note=Gr%C3%BC%C3%9Fe+%2F',
  },
  aftership: bodyMac('aftership-hmac-sha256', 'sha256', 'base64'),
  alchemy: bodyMac('X-Alchemy-Signature', 'sha256'),
  attio: bodyMac('Attio-Signature', 'sha256'),
  'authorize-net': {
    body: (m) => `{"notificationId":"4711","eventType":"net.authorize.payment.void.created","eventDate":"${m.iso}","note":"Grüße\\/"}`,
    bodyTime: 300,
    sign: (m) => ({ 'X-ANET-Signature': `sha512=${m.hmac('sha512', m.body).toUpperCase()}` }),
  },
  'autodesk-aps': bodyMac('x-adsk-signature', 'sha1', 'hex', 'sha1hash='),
  bolt: bodyMac('X-Bolt-Hmac-Sha256', 'sha256', 'base64'),
  btcpay: bodyMac('BTCPay-Sig', 'sha256', 'hex', 'sha256='),
  chargify: {
    ...bodyMac('X-Chargify-Webhook-Signature-Hmac-Sha-256', 'sha256'),
    contentType: 'application/x-www-form-urlencoded',
    body: 'id=4711&event=payment_success&payload[site][subdomain]=gr%C3%BC%C3%9Fe%2Fhooks',
  },
  'checkout-com': bodyMac('Cko-Signature', 'sha256'),
  clickup: bodyMac('X-Signature', 'sha256'),
  commercelayer: bodyMac('X-CommerceLayer-Signature', 'sha256', 'base64'),
  convoy: bodyMac('X-Convoy-Signature', 'sha256'),
  'convoy-sha512': bodyMac('X-Convoy-Signature', 'sha512'),
  cursor: bodyMac('X-Webhook-Signature', 'sha256', 'hex', 'sha256='),
  datasaur: bodyMac('X-Datasaur-Signature', 'sha256'),
  discourse: bodyMac('X-Discourse-Event-Signature', 'sha256', 'hex', 'sha256='),
  doppler: bodyMac('X-Doppler-Signature', 'sha256', 'hex', 'sha256='),
  dub: bodyMac('Dub-Signature', 'sha256'),
  dwolla: bodyMac('X-Request-Signature-Sha-256', 'sha256'),
  easypost: bodyMac('X-Hmac-Signature', 'sha256', 'hex', 'hmac-sha256-hex='),
  // OAuth 1: the client secret, an ampersand, and no token secret behind it.
  fitbit: {
    parameters: { verifyCode: '4711' },
    sign: (m) => ({ 'X-Fitbit-Signature': m.hmac('sha1', m.body, 'base64', `${m.secret}&`) }),
    // Fitbit asks twice, once with a wrong code on purpose.
    handshakes: (build) => [
      build('right code', 'Answered', { query: '?verify=4711', answer: { status: 204 } }),
      build('wrong code', 'Failed', { query: '?verify=4712' }),
      build('empty code', 'Failed', { query: '?verify=' }),
    ],
  },
  'flux-generic-hmac': bodyMac('X-Signature', 'sha256', 'hex', 'sha256='),
  getstream: bodyMac('X-Signature', 'sha256'),
  gitea: bodyMac('X-Gitea-Signature', 'sha256'),
  'grafana-alerting': eitherHeader('X-Grafana-Alerting-Signature', 'X-Grafana-Alert-Signature', 'sha256', 'hex'),
  helpscout: bodyMac('X-HelpScout-Signature', 'sha1', 'base64'),
  hookdeck: eitherHeader('x-hookdeck-signature', 'x-hookdeck-signature-2', 'sha256', 'base64'),
  'hookdeck-outpost': {
    ...bodyMac('x-outpost-signature', 'sha256', 'hex', 'v0='),
    more: (build) => [
      build('second signature behind a comma', 'Verified', {}, ({ headers }) => {
        headers['x-outpost-signature'] = `v0=${'00'.repeat(32)},${headers['x-outpost-signature'].slice('v0='.length)}`;
      }),
    ],
  },
  'kontent-ai': {
    ...bodyMac('X-Kontent-ai-Signature', 'sha256', 'base64'),
    secret: 'dGVzdCBzZWNyZXQsIG5vdCBkZWNvZGVk',
    body: '{\r\n  "data": { "id": "4711", "note": "Grüße ☕", "link": "https:\\/\\/example.com" }\r\n}',
  },
  lago: {
    sign: (m) => ({ 'X-Lago-Signature': m.hmac('sha256', m.body, 'base64'), 'X-Lago-Signature-Algorithm': 'hmac' }),
    more: (build) => [
      build('another algorithm', 'SignatureMalformed', {}, ({ headers }) => { headers['X-Lago-Signature-Algorithm'] = 'jwt'; }),
    ],
  },
  launchdarkly: bodyMacWithTime(
    'X-LD-Signature', 'sha256', 'hex', '', (m) => `{"_id":"4711","date":${m.millis},"kind":"flag","title":"Grüße \\/"}`),
  // The text in front of the body is signed and not sent.
  linkedin: {
    sign: (m) => ({ 'X-LI-Signature': m.hmac('sha256', `hmacsha256=${m.body}`) }),
    more: (build) => [
      build('the body alone', 'SignatureMismatch', {}, ({ headers, body }) => {
        headers['X-LI-Signature'] = createHmac('sha256', 'test-secret-of-linkedin').update(body).digest('hex');
      }),
    ],
    handshakes: (build) => [
      build('challenge', 'Answered', {
        query: `?challengeCode=${linkedInCode}&applicationId=4711`,
        answer: (m) => json(`{"challengeCode":"${linkedInCode}","challengeResponse":"${m.hmac('sha256', linkedInCode)}"}`),
      }),
      build('MAC of a forged webhook', 'Failed', { query: '?challengeCode=hmacsha256%3D%7B%22forged%22%3Atrue%7D' }),
      build('code of another form', 'Failed', { query: '?challengeCode=4711' }),
      build('no code', 'NotAHandshake', { query: '?applicationId=4711' }),
    ],
  },
  logto: bodyMac('logto-signature-sha-256', 'sha256'),
  'microsoft-teams-outgoing': decoded(base64Key, 'base64', 'Authorization', 'sha256', 'base64', 'HMAC '),
  'modern-treasury': bodyMac('X-Signature', 'sha256'),
  'mollie-next-gen': {
    ...bodyMac('X-Mollie-Signature', 'sha256', 'hex', 'sha256='),
    more: (build) => [
      build('without prefix', 'Verified', {}, ({ headers }) => {
        headers['X-Mollie-Signature'] = headers['X-Mollie-Signature'].slice('sha256='.length);
      }),
    ],
  },
  'mongodb-atlas': bodyMac('X-MMS-Signature', 'sha1', 'base64'),
  npm: bodyMac('X-Npm-Signature', 'sha256', 'hex', 'sha256='),
  nuvemshop: bodyMac('X-Linkedstore-HMAC-SHA256', 'sha256'),
  nylas: { ...bodyMac('x-nylas-signature', 'sha256'), handshakes: echo('challenge') },
  onfido: bodyMac('X-SHA2-Signature', 'sha256'),
  onfleet: { ...decoded(hexKey, 'hex', 'X-Onfleet-Signature', 'sha512'), handshakes: echo('check') },
  // In the query; a policy that signs the URL as well would be another scheme.
  pandadoc: {
    sign(m) {
      m.url += `?signature=${m.hmac('sha256', m.body)}`;
      return {};
    },
    strip: (request) => { request.url = request.url.split('?')[0]; },
    more: (build) => [
      build('signature twice', 'SignatureMalformed', {}, (request) => { request.url += `&${request.url.split('?')[1]}`; }),
    ],
  },
  patreon: bodyMac('X-Patreon-Signature', 'md5'),
  paystack: bodyMac('x-paystack-signature', 'sha512'),
  quickbooks: bodyMac('intuit-signature', 'sha256', 'base64'),
  'saleor-hmac': bodyMac('Saleor-Signature', 'sha256'),
  segment: bodyMac('X-Signature', 'sha1'),
  shopware: bodyMac('shopware-shop-signature', 'sha256'),
  signable: bodyMac('Signature', 'sha256', 'base64'),
  'sinch-numbers': bodyMac('X-Sinch-Signature', 'sha1'),
  smartcar: {
    ...bodyMac('SC-Signature', 'sha256'),
    handshakes: (build) => [
      build('version 4.0', 'Answered', {
        body: smartcarVerify('abc-4711'),
        answer: (m) => json(`{"challenge":"${m.hmac('sha256', 'abc-4711')}"}`),
      }),
      build('version 2.0', 'Answered', {
        body: '{"version":"2.0","eventName":"verify","payload":{"challenge":"abc-4711"}}',
        answer: (m) => json(`{"challenge":"${m.hmac('sha256', 'abc-4711')}"}`),
      }),
      build('MAC of a forged webhook', 'Failed', { body: smartcarVerify('{"eventType":"VEHICLE_STATE"}') }),
      build('wrong signature', 'Refused', { body: smartcarVerify('abc'), headers: { 'SC-Signature': '0'.repeat(64) } }),
      build('event', 'NotAHandshake', { body: '{"eventType":"VEHICLE_STATE","data":{"challenge":"abc"}}' }),
    ],
  },
  smartsheet: {
    ...bodyMac('Smartsheet-Hmac-SHA256', 'sha256'),
    handshakes: (build) => [
      build('challenge', 'Answered', {
        method: 'POST',
        headers: { 'Smartsheet-Hook-Challenge': '2c2b7a5d-9f1e' },
        answer: json('{"smartsheetHookResponse":"2c2b7a5d-9f1e"}'),
      }),
      build('callback', 'NotAHandshake', { body: '{"challenge":"2c2b7a5d-9f1e","webhookId":4711}' }),
    ],
  },
  squarespace: decoded(hexKey, 'hex', 'Squarespace-Signature', 'sha256'),
  survicate: bodyMac('Hmac', 'sha256'),
  tally: bodyMac('Tally-Signature', 'sha256', 'base64'),
  todoist: bodyMac('X-Todoist-Hmac-SHA256', 'sha256', 'base64'),
  uploadcare: bodyMac('X-Uc-Signature', 'sha256', 'hex', 'v1='),
  webex: bodyMac('X-Spark-Signature', 'sha1'),
};
