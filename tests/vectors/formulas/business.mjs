// Shops, customers, documents and the office.
import { empty, json, text } from '../lib/handshakes.mjs';
import { bodyMac, bodyMacWithTime, standardWebhooks, stripeLike, token } from '../lib/schemes.mjs';

// HubSpot decodes these in a URL before it signs it, and leaves other escapes as they are.
const hubSpotUrl = (url) => url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);

const graphItem = (clientState) => `{"subscriptionId":"1","clientState":${JSON.stringify(clientState)},"resource":"Grüße \\/"}`;

export default {
  shopify: bodyMac('X-Shopify-Hmac-Sha256', 'sha256', 'base64'),
  woocommerce: {
    ...bodyMac('X-WC-Webhook-Signature', 'sha256', 'base64'),
    handshakes: (build) => [
      build('ping', 'Answered', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, answer: empty }),
      build('ping with a charset', 'Answered', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }, answer: empty }),
      build('delivery', 'NotAHandshake', { method: 'POST', headers: { 'Content-Type': 'application/json' } }),
    ],
  },
  bigcommerce: standardWebhooks('webhook', { decode: false }),
  'hubspot-v1': {
    sign: (m) => ({ 'X-HubSpot-Signature': m.hash('sha256', m.secret + m.body), 'X-HubSpot-Signature-Version': 'v1' }),
    more: (build) => [
      build('another version', 'SignatureMalformed', {}, ({ headers }) => { headers['X-HubSpot-Signature-Version'] = 'v2'; }),
    ],
  },
  'hubspot-v2': {
    publicUrl: 'https://hooks.example.com/in/hubspot',
    url: 'https://hooks.example.com/in/hubspot?portal=1&q=%2F',
    sign: (m) => ({ 'X-HubSpot-Signature': m.hash('sha256', `${m.secret}POST${m.url}${m.body}`), 'X-HubSpot-Signature-Version': 'v2' }),
    more: (build) => [
      build('another method', 'SignatureMismatch', {}, (request) => { request.method = 'PUT'; }),
      build('another query', 'SignatureMismatch', {}, (request) => { request.url += '&admin=1'; }),
    ],
  },
  'hubspot-v3': {
    tolerance: 300,
    publicUrl: 'https://hooks.example.com/in/hubspot',
    url: 'https://hooks.example.com/in/hubspot?to=https%3A%2F%2Fexample.com%2fa%26b&q=%20',
    sign: (m) => ({
      'X-HubSpot-Signature-v3': m.hmac('sha256', `POST${hubSpotUrl(m.url)}${m.body}${m.millis}`, 'base64'),
      'X-HubSpot-Request-Timestamp': m.millis,
    }),
    more: (build) => [
      build('another query', 'SignatureMismatch', {}, (request) => { request.url += '&admin=1'; }),
    ],
  },
  zendesk: {
    tolerance: 300,
    secret: 'dGVzdCBzZWNyZXQgb2YgemVuZGVzaw==',
    sign(m) {
      const time = m.iso.replace('.000Z', 'Z');
      return { 'X-Zendesk-Webhook-Signature': m.hmac('sha256', time + m.body, 'base64'), 'X-Zendesk-Webhook-Signature-Timestamp': time };
    },
  },
  calendly: stripeLike('Calendly-Webhook-Signature', { tolerance: 180 }),
  typeform: bodyMac('Typeform-Signature', 'sha256', 'base64', 'sha256='),
  klaviyo: {
    tolerance: 300,
    sign: (m) => ({ 'Klaviyo-Signature': m.hmac('sha256', m.body + m.httpDate), 'Klaviyo-Timestamp': m.httpDate }),
  },
  persona: {
    ...stripeLike('Persona-Signature'),
    more: (build) => [
      build('two groups while the secret is rotated', 'Verified', {}, ({ headers }) => {
        headers['Persona-Signature'] = `t=1735787045,v1=${'0'.repeat(64)} ${headers['Persona-Signature']}`;
      }),
      build('two groups of different times', 'SignatureMalformed', {}, ({ headers }) => {
        headers['Persona-Signature'] = `t=1735787046,v1=${'0'.repeat(64)} ${headers['Persona-Signature']}`;
      }),
    ],
  },
  trello: {
    publicUrl: 'https://hooks.example.com/in/trello?board=1',
    url: 'https://hooks.example.com/in/trello?board=1',
    handshakes: (build) => [build('test of the URL', 'Answered', { method: 'HEAD', answer: empty }), build('GET', 'NotAHandshake')],
    sign: (m) => ({ 'X-Trello-Webhook': m.hmac('sha1', m.body + m.url, 'base64') }),
    more: (build) => [
      build('registered with another URL', 'SignatureMismatch', { publicUrl: 'https://hooks.example.com/in/trello' }),
    ],
  },
  box: {
    tolerance: 600,
    sign(m) {
      const time = m.iso.replace('T03', 'T05').replace('.000Z', '+02:00');
      return {
        'BOX-SIGNATURE-PRIMARY': m.hmac('sha256', m.body + time, 'base64'),
        'BOX-SIGNATURE-SECONDARY': m.hmac('sha256', m.body + time, 'base64', 'nobody has this key'),
        'BOX-DELIVERY-TIMESTAMP': time,
        'BOX-SIGNATURE-VERSION': '1',
        'BOX-SIGNATURE-ALGORITHM': 'HmacSHA256',
      };
    },
    strip({ headers }) {
      delete headers['BOX-SIGNATURE-PRIMARY'];
      delete headers['BOX-SIGNATURE-SECONDARY'];
    },
    more: (build) => [
      build('another version', 'SignatureMalformed', {}, ({ headers }) => { headers['BOX-SIGNATURE-VERSION'] = '2'; }),
      build('the secondary key alone', 'Verified', { secrets: ['nobody has this key'] }),
    ],
  },
  dropbox: {
    ...bodyMac('X-Dropbox-Signature', 'sha256'),
    handshakes: (build) => [
      build('challenge', 'Answered', { query: '?challenge=abc%20123', answer: text('abc 123') }),
      build('endless challenge', 'Failed', { query: `?challenge=${'a'.repeat(513)}` }),
      build('challenge in a POST', 'NotAHandshake', { method: 'POST', query: '?challenge=abc' }),
    ],
  },
  docusign: {
    ...bodyMacWithTime('X-DocuSign-Signature-1', 'sha256', 'base64', '', (m) => `{"event":"envelope-sent","generatedDateTime":"${m.iso.replace('.000Z', '.6789012Z')}","note":"Grüße \\/"}`),
    more: (build) => [
      build('third of three keys', 'Verified', {}, ({ headers }) => {
        headers['X-DocuSign-Signature-3'] = headers['X-DocuSign-Signature-1'];
        headers['X-DocuSign-Signature-1'] = headers['X-DocuSign-Signature-2'] = Buffer.alloc(32).toString('base64');
      }),
    ],
  },
  okta: {
    ...token('Authorization'),
    handshakes: (build) => [
      build('verification', 'Answered', { headers: { 'x-okta-verification-challenge': 'a"b' }, answer: json('{"verification":"a\\u0022b"}') }),
      build('no challenge', 'NotAHandshake'),
    ],
  },
  'microsoft-graph': {
    token: true,
    signsBody: false,
    body: (m) => `{"value":[${graphItem(m.secret)},${graphItem(m.secret)}]}`,
    sign: () => ({}),
    strip: (request) => { request.body = '{"value":[{"subscriptionId":"1"}]}'; },
    handshakes: (build) => [
      build('validation', 'Answered', { method: 'POST', query: '?validationToken=Validation%3A+Testing%20a', answer: text('Validation: Testing a') }),
      build('no token', 'NotAHandshake', { method: 'POST' }),
    ],
    more: (build) => [
      build('one item of two', 'SignatureMismatch', {}, (request) => { request.body = request.body.replace('test-secret-of-microsoft-graph","resource":"Grüße \\/"}]', 'guess"}]'); }),
      build('no items', 'SignatureMissing', {}, (request) => { request.body = '{"value":[]}'; }),
    ],
  },
};
