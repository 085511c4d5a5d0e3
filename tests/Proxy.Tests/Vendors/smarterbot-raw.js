// The formula of smarterbot.ai's sample (t + '.' + body, HMAC-SHA256 in hex) over the raw bytes instead of a
// re-serialisation, for bodies that JSON.stringify would write differently.
const crypto = require('crypto');

const [bodyFile, header] = process.argv.slice(2);
const { t, v1 } = Object.fromEntries(header.split(',').map(pair => pair.split('=')));
const expected = crypto.createHmac('sha256', process.env.WEBHOOK_SECRET)
  .update(t + '.')
  .update(require('fs').readFileSync(bodyFile))
  .digest('hex');
console.log(expected === v1 ? 'accept' : 'reject');
