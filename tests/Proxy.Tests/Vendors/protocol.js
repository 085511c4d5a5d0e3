// Protocol's sample for Node.js, their statements untouched; secret, body and signature come from outside.
const crypto = require('crypto');

function verify(req, payload, secret) {
  const signature = req.headers['x-protocol-signature']
  const hash = crypto.createHmac('sha256', secret).update(payload).digest('hex')

  if (hash === signature) {
    return true
  } else {
    return false
  }
}

const [bodyFile, signature] = process.argv.slice(2);
const payload = require('fs').readFileSync(bodyFile);
const accepted = verify({ headers: { 'x-protocol-signature': signature } }, payload, process.env.WEBHOOK_SECRET);
console.log(accepted ? 'accept' : 'reject');
