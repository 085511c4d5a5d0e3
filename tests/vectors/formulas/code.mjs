// Code hosting, builds and operations.
import { bodyMac, bodyMacWithTime, standardWebhooks, stripeLike, token } from '../lib/schemes.mjs';

export default {
  tawk: bodyMac('X-Tawk-Signature', 'sha1'),
  chatbase: bodyMac('X-Chatbase-Signature', 'sha1'),
  smarterbot: stripeLike('X-Webhook-Signature'),
  protocol: bodyMac('X-Protocol-Signature', 'sha256'),
  github: bodyMac('X-Hub-Signature-256', 'sha256', 'hex', 'sha256='),
};
