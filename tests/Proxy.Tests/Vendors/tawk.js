// tawk.to's sample for Node.js. Their verifySignature is untouched; secret, body and signature come from outside.
const WEBHOOK_SECRET = process.env.WEBHOOK_SECRET;
const crypto = require('crypto');

function verifySignature (body, signature) {
  const digest = crypto
    .createHmac('sha1', WEBHOOK_SECRET)
    .update(body)
    .digest('hex');
  return signature === digest;
};

const [bodyFile, signature] = process.argv.slice(2);
console.log(verifySignature(require('fs').readFileSync(bodyFile), signature) ? 'accept' : 'reject');
