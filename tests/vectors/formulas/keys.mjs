// Providers that sign with a private key; the policy is given the public one.
import { createHash } from 'node:crypto';
import { ed25519, rsa, signEd25519, signRsa } from '../lib/keys.mjs';

/** A pair of key pairs, of which policies are given what write(pair) says. */
const keys = (pairs, write) => ({
  secret: write(pairs[0]),
  other: write(pairs[1]),
  key: (text) => pairs.find((pair) => write(pair) === text),
});

export default {
  'integrated-finance': {
    ...keys(ed25519, ({ raw }) => raw.toString('base64')),
    sign(m) {
      const [event, eventTime, request, requestTime, version] = ['evt_4711', '2025-01-02T03:00:00Z', 'req_1', '2025-01-02T03:04:05Z', '2'];
      const digest = createHash('sha512').update(m.body).digest('base64');
      const content = [digest, event, eventTime, request, requestTime, version].join('|');
      return {
        'X-Webhook-Signature': m.write(signEd25519(content, m.secret), 'base64'),
        'X-Webhook-Content-Digest': digest,
        'X-Webhook-Event-Id': event,
        'X-Webhook-Event-Timestamp': eventTime,
        'X-Webhook-Request-Id': request,
        'X-Webhook-Request-Timestamp': requestTime,
        'X-Webhook-Key-Version': version,
      };
    },
    more: (build) => [
      build('another event', 'SignatureMismatch', {}, ({ headers }) => { headers['X-Webhook-Event-Id'] = 'evt_4712'; }),
      build('digest replaced with the body', 'SignatureMismatch', {}, (request) => {
        request.body = '{}';
        request.headers['X-Webhook-Content-Digest'] = createHash('sha512').update(request.body).digest('base64');
      }),
      build('no request time', 'SignatureMissing', {}, ({ headers }) => { delete headers['X-Webhook-Request-Timestamp']; }),
    ],
  },
  telnyx: {
    ...keys(ed25519, ({ raw }) => raw.toString('base64')),
    tolerance: 300,
    sign: (m) => ({
      'Telnyx-Signature-Ed25519': m.write(signEd25519(`${m.time}|${m.body}`, m.secret), 'base64'),
      'Telnyx-Timestamp': `${m.time}`,
    }),
    more: (build) => [
      build('half a signature', 'SignatureMalformed', {}, ({ headers }) => {
        headers['Telnyx-Signature-Ed25519'] = Buffer.alloc(32).toString('base64');
      }),
    ],
  },
  'wechat-pay': {
    ...keys(rsa, ({ pem }) => pem),
    tolerance: 300,
    sign(m) {
      const nonce = 'd824f2e086d3c1df967785d13fcd22ef';
      return {
        'Wechatpay-Signature': m.write(signRsa(`${m.time}\n${nonce}\n${m.body}\n`, m.secret), 'base64'),
        'Wechatpay-Timestamp': `${m.time}`,
        'Wechatpay-Nonce': nonce,
        'Wechatpay-Serial': 'PUB_KEY_ID_4711',
      };
    },
    more: (build) => [
      build('another nonce', 'SignatureMismatch', {}, ({ headers }) => { headers['Wechatpay-Nonce'] += '0'; }),
      build('probe of the sender', 'SignatureMalformed', {}, ({ headers }) => {
        headers['Wechatpay-Signature'] = `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature']}`;
      }),
    ],
  },
  wise: {
    ...keys(rsa, ({ pem }) => pem),
    body: (m) => `{"event_type":"transfers#state-change","note":"Grüße \\/","sent_at":"${m.iso}"}`,
    bodyTime: 300,
    sign: (m) => ({ 'X-Signature-SHA256': m.write(signRsa(m.body, m.secret), 'base64') }),
  },
};
