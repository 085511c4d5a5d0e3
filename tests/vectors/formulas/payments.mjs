// Payments and accounting.
import { createHash } from 'node:crypto';
import { text } from '../lib/handshakes.mjs';
import { bodyMac, stripeLike } from '../lib/schemes.mjs';

const hexKey = 'A0B1C2D3E4F5061728394A5B6C7D8E9FA0B1C2D3E4F5061728394A5B6C7D8E9F';
const otherHexKey = 'B0B1C2D3E4F5061728394A5B6C7D8E9FA0B1C2D3E4F5061728394A5B6C7D8E9F';

const adyenItem = (m, reference, { original } = {}) => {
  const item = {
    pspReference: reference, ...(original ? { originalReference: original } : {}), merchantAccountCode: 'Grüße:Konto', merchantReference: 'a\\b/c:d',
    amount: { value: 1990, currency: 'EUR' }, eventCode: 'AUTHORISATION', success: 'true', reason: 'not signed',
  };
  const signed = [reference, original ?? '', 'Grüße:Konto', 'a\\b/c:d', '1990', 'EUR', 'AUTHORISATION', 'true'].join(':');
  const hmacSignature = m.hmac('sha256', signed, 'base64', Buffer.from(m.secret, 'hex'));
  return { NotificationRequestItem: { additionalData: { hmacSignature }, ...item } };
};

export default {
  stripe: {
    ...stripeLike('Stripe-Signature'),
    more: (build) => [
      build('rolled secret: two signatures, and one of another version', 'Verified', {}, ({ headers }) => {
        headers['Stripe-Signature'] = headers['Stripe-Signature'].replace(',v1', `,v1=${'0'.repeat(64)},v0=${'1'.repeat(64)},v1`);
      }),
      build('no time', 'TimestampMissing', {}, ({ headers }) => { headers['Stripe-Signature'] = headers['Stripe-Signature'].replace(/^t=\d+,/, ''); }),
      build('another time', 'SignatureMismatch', {}, ({ headers }) => { headers['Stripe-Signature'] = headers['Stripe-Signature'].replace('t=1735787045', 't=1735787046'); }),
    ],
  },
  paddle: stripeLike('Paddle-Signature', { tolerance: 5, time: 'ts', mark: 'h1', separator: ';', join: ':' }),
  mux: stripeLike('Mux-Signature'),
  'lemon-squeezy': bodyMac('X-Signature', 'sha256'),
  square: {
    publicUrl: 'https://hooks.example.com/in/square',
    sign: (m) => ({ 'x-square-hmacsha256-signature': m.hmac('sha256', `https://hooks.example.com/in/square${m.body}`, 'base64') }),
    more: (build) => [
      build('registered with another URL', 'SignatureMismatch', { publicUrl: 'https://hooks.example.com/in/Square' }),
    ],
  },
  'adyen-standard': {
    secret: hexKey,
    other: otherHexKey,
    sign(m) {
      const notificationItems = [adyenItem(m, 'psp1'), adyenItem(m, 'psp2', { original: 'psp0' })];
      m.body = JSON.stringify({ live: 'false', notificationItems });
      return {};
    },
    tamper: (request) => { request.body = request.body.replace(/1990(?!.*1990)/, '1991'); },
    strip: (request) => { request.body = request.body.replaceAll('hmacSignature', 'signature'); },
    more: (build) => [
      build('no items', 'SignatureMissing', {}, (request) => { request.body = '{"live":"false","notificationItems":[]}'; }),
    ],
  },
  'adyen-platform': {
    secret: hexKey,
    other: otherHexKey,
    sign: (m) => ({ HmacSignature: m.hmac('sha256', m.body, 'base64', Buffer.from(m.secret, 'hex')), Protocol: 'HmacSHA256' }),
  },
  razorpay: bodyMac('X-Razorpay-Signature', 'sha256'),
  'coinbase-commerce': bodyMac('X-CC-Webhook-Signature', 'sha256'),
  braintree: {
    contentType: 'application/x-www-form-urlencoded',
    parameters: { publicKey: 'test_public_key' },
    handshakes: (build) => [
      build('challenge', 'Answered', {
        query: '?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53',
        answer: (m) => text(`test_public_key|${m.hmac('sha1', '20f9f8ed05f77439fe955c977e4c8a53', 'hex', createHash('sha1').update(m.secret).digest())}`),
      }),
      build('MAC of a forged notification', 'Failed', { query: '?bt_challenge=PG5vdGlmaWNhdGlvbj4KPC9ub3RpZmljYXRpb24%2B' }),
    ],
    sign(m) {
      const payload = 'PG5vdGlmaWNhdGlvbj4KICA8a2luZD5jaGVjazwva2luZD4KPC9ub3RpZmljYXRpb24+\n';
      const mac = m.hmac('sha1', payload, 'hex', createHash('sha1').update(m.secret).digest());
      m.body = new URLSearchParams({ bt_signature: `other_public_key|${'0'.repeat(40)}&test_public_key|${mac}`, bt_payload: payload }).toString();
      return {};
    },
    tamper: (request) => { request.body = request.body.replace('bt_payload=P', 'bt_payload=Q'); },
    strip: (request) => { request.body = request.body.replace('bt_signature', 'bt_sig'); },
  },
  gocardless: bodyMac('Webhook-Signature', 'sha256'),
  xero: bodyMac('x-xero-signature', 'sha256', 'base64'),
};
