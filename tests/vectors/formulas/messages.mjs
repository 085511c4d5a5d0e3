// Messages, calls, mail and social networks.
import { empty, json, text } from '../lib/handshakes.mjs';
import { ed25519, p256, signEd25519, signP256 } from '../lib/keys.mjs';
import { basic, bodyMac, bodyMacWithTime, token } from '../lib/schemes.mjs';

const form = 'application/x-www-form-urlencoded';

const slackLike = (signature, timestamp) => ({
  tolerance: 300,
  sign: (m) => ({ [signature]: `v0=${m.hmac('sha256', `v0:${m.time}:${m.body}`)}`, [timestamp]: `${m.time}` }),
  more: (build) => [
    build('another time', 'SignatureMismatch', {}, ({ headers }) => { headers[timestamp] = `${Number(headers[timestamp]) + 1}`; }),
    build('no time', 'TimestampMissing', {}, ({ headers }) => { delete headers[timestamp]; }),
  ],
});

const meta = {
  ...bodyMac('X-Hub-Signature-256', 'sha256', 'hex', 'sha256='),
  parameters: { verifyToken: 'verify-me' },
  handshakes: (build) => [
    build('subscription', 'Answered', { query: '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify-me', answer: text('1158201444') }),
    build('wrong verify token', 'Failed', { query: '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=guess' }),
    build('empty verify token', 'Failed', { query: '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=' }),
    build('no challenge', 'NotAHandshake', { query: '?hub.mode=subscribe&hub.verify_token=verify-me' }),
  ],
};

const zoomValidation = (plainToken) => JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } });
const twitchVerification = { 'Twitch-Eventsub-Message-Type': 'webhook_callback_verification' };

const twilioSigned = (m, url) => ({ 'X-Twilio-Signature': m.hmac('sha1', url, 'base64') });
const sortedForm = ['Body', 'Grüße, Welt!', 'Empty', '', 'From', '+4930123', 'Media', 'a', 'Media', 'b'].join('');

const twitchHeader = 'Twitch-Eventsub-Message-';

export default {
  slack: {
    ...slackLike('X-Slack-Signature', 'X-Slack-Request-Timestamp'),
    handshakes: (build) => [
      build('URL verification', 'Answered', { body: '{"token":"t","challenge":"3eZbrw1aB","type":"url_verification"}', answer: json('{"challenge":"3eZbrw1aB"}') }),
      build('wrong signature', 'Refused', { body: '{"challenge":"3eZbrw1aB","type":"url_verification"}', headers: { 'X-Slack-Signature': `v0=${'0'.repeat(64)}` } }),
      build('no challenge', 'Failed', { body: '{"type":"url_verification"}' }),
      build('event', 'NotAHandshake', { body: '{"type":"event_callback","challenge":"3eZbrw1aB"}' }),
    ],
  },
  zoom: {
    ...slackLike('x-zm-signature', 'x-zm-request-timestamp'),
    handshakes: (build) => [
      build('URL validation', 'Answered', {
        body: zoomValidation('qgg8vlvZRS6UYooatFL8Aw'),
        answer: (m) => json(`{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"${m.hmac('sha256', 'qgg8vlvZRS6UYooatFL8Aw')}"}`),
      }),
      build('MAC of a forged webhook', 'Failed', { body: zoomValidation('v0:1735787045:{"event":"forged"}') }),
      build('event', 'NotAHandshake', { body: '{"event":"meeting.started","payload":{"plainToken":"a"}}' }),
    ],
  },
  twilio: {
    contentType: form,
    publicUrl: 'https://hooks.example.com',
    url: 'https://hooks.example.com/in/twilio?a=1&b=%2F',
    body: 'Media=b&From=%2B4930123&Body=Gr%C3%BC%C3%9Fe%2C+Welt%21&Empty=&Media=a&Media=b',
    sign: (m) => twilioSigned(m, `${m.url}${sortedForm}`),
    tamper: (request) => { request.body = request.body.replace('4930123', '4930124'); },
    more: (build) => [
      build('another query', 'SignatureMismatch', {}, (request) => { request.url += '&c=1'; }),
    ],
  },
  mailgun: {
    sign(m) {
      const token = 'f'.repeat(25) + m.time + 'a'.repeat(15);
      const signature = m.hmac('sha256', `${m.time}${token}`);
      m.body = JSON.stringify({ signature: { timestamp: `${m.time}`, token, signature }, 'event-data': { event: 'Grüße' } });
      return {};
    },
    bodyTime: 300,
    tamper: (request) => { request.body = request.body.replace('ffff', 'fffe'); },
    strip: (request) => { request.body = '{"event-data":{}}'; },
    more: (build) => [
      build('another event, which is not signed', 'Verified', {}, (request) => { request.body = request.body.replace('Grüße', 'other'); }),
    ],
  },
  mandrill: {
    contentType: form,
    publicUrl: 'https://hooks.example.com/in/mandrill?key=1',
    url: 'https://hooks.example.com/in/mandrill?key=1',
    body: 'mandrill_events=%5B%7B%22msg%22%3A%22Gr%C3%BC%C3%9Fe+%5C%2F%22%7D%5D',
    handshakes: (build) => [build('test of the URL', 'Answered', { method: 'HEAD', answer: empty }), build('GET', 'NotAHandshake')],
    sign: (m) => ({ 'X-Mandrill-Signature': m.hmac('sha1', `${m.url}mandrill_events[{"msg":"Grüße \\/"}]`, 'base64') }),
    tamper: (request) => { request.body = request.body.replace('msg', 'msh'); },
  },
  discord: {
    tolerance: 300,
    secret: ed25519[0].raw.toString('hex'),
    other: ed25519[1].raw.toString('hex'),
    key: (text) => ed25519.find(({ raw }) => raw.toString('hex') === text),
    sign: (m) => ({ 'X-Signature-Ed25519': m.write(signEd25519(m.time + m.body, m.secret), 'hex'), 'X-Signature-Timestamp': `${m.time}` }),
    more: (build) => [
      build('another time', 'SignatureMismatch', {}, ({ headers }) => { headers['X-Signature-Timestamp'] = '1735787046'; }),
    ],
    handshakes: (build) => [
      build('PING', 'Answered', { body: '{"id":"7","token":"abc","type":1,"version":1}', answer: json('{"type":1}') }),
      build('wrong signature', 'Refused', { body: '{"token":"abc","type":1}', headers: { 'X-Signature-Ed25519': '0'.repeat(128) } }),
      build('command', 'NotAHandshake', { body: '{"token":"abc","type":2}' }),
      build('webhook event, which has type 1 too', 'NotAHandshake', { body: '{"version":1,"application_id":"1","type":1,"event":{"type":"ENTITLEMENT_CREATE"}}' }),
    ],
  },
  sendgrid: {
    tolerance: 300,
    secret: p256[0].spki.toString('base64'),
    other: p256[1].spki.toString('base64'),
    key: (text) => p256.find(({ spki }) => spki.toString('base64') === text),
    body: '[{"event":"open","subject":"Grüße \\/"}]\r\n',
    sign: (m) => ({
      'X-Twilio-Email-Event-Webhook-Signature': m.write(signP256(m.time + m.body, m.secret), 'base64'),
      'X-Twilio-Email-Event-Webhook-Timestamp': `${m.time}`,
    }),
    more: (build) => [
      build('without the line break at the end', 'SignatureMismatch', {}, (request) => { request.body = request.body.trim(); }),
    ],
  },
  line: bodyMac('X-Line-Signature', 'sha256', 'base64'),
  telegram: token('X-Telegram-Bot-Api-Secret-Token'),
  intercom: bodyMac('X-Hub-Signature', 'sha1', 'hex', 'sha1='),
  pusher: bodyMacWithTime('X-Pusher-Signature', 'sha256', 'hex', '', (m) => `{"time_ms":${m.millis},"events":[{"name":"channel_occupied","channel":"Grüße\\/1"}]}`),
  meta,
  instagram: meta,
  twitch: {
    tolerance: 600,
    sign(m) {
      const time = m.iso.replace('.000Z', '.678901234Z');
      const signature = `sha256=${m.hmac('sha256', `e76c6bd4${time}${m.body}`)}`;
      return { [`${twitchHeader}Signature`]: signature, [`${twitchHeader}Id`]: 'e76c6bd4', [`${twitchHeader}Timestamp`]: time };
    },
    more: (build) => [
      build('another id', 'SignatureMismatch', {}, ({ headers }) => { headers[`${twitchHeader}Id`] = 'e76c6bd5'; }),
    ],
    handshakes: (build) => [
      build('callback verification', 'Answered', { body: '{"challenge":"pogchamp-kappa","subscription":{}}', headers: twitchVerification, answer: text('pogchamp-kappa') }),
      build('no challenge', 'Failed', { body: '{"subscription":{}}', headers: twitchVerification }),
      build('notification', 'NotAHandshake', { body: '{"challenge":"c"}', headers: { 'Twitch-Eventsub-Message-Type': 'notification' } }),
    ],
  },
  twitter: {
    ...bodyMac('x-twitter-webhooks-signature', 'sha256', 'base64', 'sha256='),
    handshakes: (build) => [
      build('CRC', 'Answered', {
        query: '?crc_token=9b4507b3-9040-4669-9ca3-6b94edb50553&nonce=a',
        answer: (m) => json(`{"response_token":"sha256=${m.hmac('sha256', '9b4507b3-9040-4669-9ca3-6b94edb50553', 'base64')}"}`),
      }),
      build('MAC of a forged webhook', 'Failed', { query: '?crc_token=%7B%22forged%22%3Atrue%7D' }),
      build('no token', 'NotAHandshake', { query: '?crc=1' }),
    ],
  },
  postmark: basic(),
  zapier: basic(),
  'plivo-v2': {
    signsBody: false,
    publicUrl: 'https://hooks.example.com/in/plivo',
    url: 'https://hooks.example.com/in/plivo?leg=a',
    contentType: form,
    body: 'CallUUID=1&Event=Gr%C3%BC%C3%9Fe',
    sign: (m) => ({
      'X-Plivo-Signature-V2': m.hmac('sha256', 'https://hooks.example.com/in/plivo12345678901234567890', 'base64'),
      'X-Plivo-Signature-V2-Nonce': '12345678901234567890',
    }),
    tamper: ({ headers }) => { headers['X-Plivo-Signature-V2-Nonce'] = '12345678901234567891'; },
  },
};
