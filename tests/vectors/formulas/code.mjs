// Code hosting, builds and tools.
import { ed25519, signEd25519 } from '../lib/keys.mjs';
import { bodyMac, bodyMacWithTime, standardWebhooks, stripeLike, token } from '../lib/schemes.mjs';

export default {
  tawk: bodyMac('X-Tawk-Signature', 'sha1'),
  chatbase: bodyMac('X-Chatbase-Signature', 'sha1'),
  smarterbot: stripeLike('X-Webhook-Signature'),
  protocol: bodyMac('X-Protocol-Signature', 'sha256'),
  github: bodyMac('X-Hub-Signature-256', 'sha256', 'hex', 'sha256='),
  gitlab: token('X-Gitlab-Token'),
  bitbucket: bodyMac('X-Hub-Signature', 'sha256', 'hex', 'sha256='),
  jira: bodyMac('X-Hub-Signature', 'sha256', 'hex', 'sha256='),
  vercel: bodyMac('x-vercel-signature', 'sha1'),
  linear: {
    ...bodyMacWithTime('Linear-Signature', 'sha256', 'hex', '', (m) => `{"action":"create","title":"Grüße \\/","webhookTimestamp":${m.millis}}`),
    bodyTime: 60,
  },
  sentry: bodyMac('Sentry-Hook-Signature', 'sha256'),
  pagerduty: {
    sign: (m) => ({ 'X-PagerDuty-Signature': `v1=${m.hmac('sha256', m.body)}` }),
    more: (build) => [
      build('second signature of the list', 'Verified', {}, ({ headers }) => {
        headers['X-PagerDuty-Signature'] = `v1=${'0'.repeat(64)},v2=skipped,${headers['X-PagerDuty-Signature']}`;
      }),
      build('no version that is known', 'SignatureMissing', {}, ({ headers }) => { headers['X-PagerDuty-Signature'] = 'v2=00'; }),
    ],
  },
  circleci: {
    sign: (m) => ({ 'circleci-signature': `v1=${m.hmac('sha256', m.body)},v2=not-known-yet` }),
  },
  buildkite: stripeLike('X-Buildkite-Signature', { time: 'timestamp', mark: 'signature' }),
  'terraform-cloud': bodyMac('X-TFE-Notification-Signature', 'sha512'),
  heroku: bodyMac('Heroku-Webhook-Hmac-SHA256', 'sha256', 'base64'),
  webflow: {
    tolerance: 300,
    sign: (m) => ({
      'x-webflow-signature': m.hmac('sha256', `${m.millis}:${m.body}`),
      'x-webflow-timestamp': m.millis,
    }),
  },
  figma: {
    token: true,
    signsBody: false,
    body: (m) => `{"event_type":"FILE_UPDATE","file_name":"Grüße \\/","passcode":"${m.secret}"}`,
    sign: () => ({}),
    strip: (request) => { request.body = '{"event_type":"FILE_UPDATE"}'; },
    more: (build) => [
      build('two passcodes', 'SignatureMalformed', {}, (request) => { request.body = request.body.replace('{', '{"passcode":"guess",'); }),
      build('passcode that is no text', 'SignatureMalformed', {}, (request) => { request.body = '{"passcode":["a"]}'; }),
    ],
  },
  notion: bodyMacWithTime('X-Notion-Signature', 'sha256', 'hex', 'sha256=', (m) => `{"id":"b3c1","timestamp":"${m.iso}","note":"Grüße \\/"}`),
  airtable: {
    ...bodyMacWithTime('X-Airtable-Content-MAC', 'sha256', 'hex', 'hmac-sha256=', (m) => `{"base":{"id":"app1"},"webhook":{"id":"ach1"},"timestamp":"${m.iso}"}`),
    secret: Buffer.from('airtable test key, 32 bytes long').toString('base64'),
    other: Buffer.from('airtable test key, but not that!').toString('base64'),
    sign: (m) => ({ 'X-Airtable-Content-MAC': `hmac-sha256=${m.hmac('sha256', m.body, 'hex', Buffer.from(m.secret, 'base64'))}` }),
  },
  'cal-com': {
    ...bodyMacWithTime('x-cal-signature-256', 'sha256', 'hex', '', (m) => `{"triggerEvent":"BOOKING_CREATED","createdAt":"${m.iso}","payload":{"title":"Grüße \\/"}}`),
    more: (build) => [
      build('what is sent without a secret', 'SignatureMalformed', {}, ({ headers }) => { headers['x-cal-signature-256'] = 'no-secret-provided'; }),
    ],
  },
  'standard-webhooks': {
    ...standardWebhooks(),
    more: (build) => [
      ...standardWebhooks().more(build),
      build('secret without padding', 'Verified', { secrets: [`whsec_${Buffer.from('standard webhooks test key').toString('base64').replaceAll('=', '')}`] }),
      build('secret without its prefix', 'Verified', { secrets: [Buffer.from('standard webhooks test key').toString('base64')] }),
    ],
  },
  'standard-webhooks-ed25519': {
    tolerance: 300,
    secret: `whpk_${ed25519[0].raw.toString('base64')}`,
    other: `whpk_${ed25519[1].raw.toString('base64')}`,
    key: (text) => ed25519.find(({ raw }) => text.endsWith(raw.toString('base64'))),
    sign: (m) => ({
      'webhook-signature': `v1a,${m.write(signEd25519(`msg_4711.${m.time}.${m.body}`, m.secret), 'base64')}`,
      'webhook-id': 'msg_4711',
      'webhook-timestamp': `${m.time}`,
    }),
    more: (build) => [
      build('beside a symmetric signature', 'Verified', {}, ({ headers }) => {
        headers['webhook-signature'] = `v1,${Buffer.alloc(32).toString('base64')} ${headers['webhook-signature']}`;
      }),
      build('a symmetric signature alone', 'SignatureMissing', {}, ({ headers }) => { headers['webhook-signature'] = `v1,${Buffer.alloc(32).toString('base64')}`; }),
    ],
  },
  svix: standardWebhooks('svix'),
  openai: standardWebhooks(),
};
