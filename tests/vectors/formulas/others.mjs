// Providers that sign a constant, the URL or a header along with the body; shared tokens; HTTP Basic.
import { basic, token } from '../lib/schemes.mjs';

export default {
  appwrite: {
    publicUrl: 'https://hooks.example.com/in/appwrite',
    sign: (m) => ({ 'X-Appwrite-Webhook-Signature': m.hmac('sha1', `https://hooks.example.com/in/appwrite${m.body}`, 'base64') }),
    more: (build) => [
      build('configured under another URL', 'SignatureMismatch', { publicUrl: 'https://hooks.example.com/in/other' }),
      build('URL with escapes, signed without', 'SignatureMismatch', { publicUrl: 'https://hooks.example.com/in/%61ppwrite' }),
    ],
  },
  // The hexadecimal digits are encoded once more.
  solidgate: {
    sign(m) {
      const merchant = 'wh_pk_4711';
      return { signature: Buffer.from(m.hmac('sha512', merchant + m.body + merchant)).toString('base64'), merchant };
    },
    more: (build) => [
      build('another merchant', 'SignatureMismatch', {}, ({ headers }) => { headers.merchant = 'wh_pk_4712'; }),
      build('no merchant', 'SignatureMissing', {}, ({ headers }) => { delete headers.merchant; }),
    ],
  },
  'tiktok-shop': {
    parameters: { appKey: 'abcdef' },
    body: (m) => `{"type":1,"tts_notification_id":"4711","timestamp":${m.time},"data":{"note":"Grüße ☕ \\/"}}`,
    bodyTime: 300,
    sign: (m) => ({ Authorization: m.hmac('sha256', m.parameters.appKey + m.body) }),
    more: (build) => [build('another app', 'SignatureMismatch', { parameters: { appKey: 'abcdeg' } })],
  },

  'auth0-log-streams': { ...token('Authorization'), secret: 'Bearer test-token-of-auth0' },
  'cloudflare-notifications': token('cf-webhook-auth'),
  documenso: {
    ...token('X-Documenso-Secret'),
    more: (build) => [build('empty token', 'SignatureMissing', {}, ({ headers }) => { headers['X-Documenso-Secret'] = ''; })],
  },
  flutterwave: token('verif-hash'),
  'google-push-channels': { ...token('X-Goog-Channel-Token'), body: '' },
  huggingface: token('X-Webhook-Secret'),

  chargebee: basic(),
  pipedrive: basic(),
};
