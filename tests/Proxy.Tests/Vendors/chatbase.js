// Chatbase's sample for Next.js, which reads the raw body. Their sha1 lost its TypeScript annotations and nothing else;
// secret, body and signature come from outside.
const crypto = require('crypto');

function verify(rawBody, req, SECRET_KEY) {
  const requestBodySignature = sha1(rawBody, SECRET_KEY)

  if (requestBodySignature !== req.headers['x-chatbase-signature']) {
    return false
  }

  return true
}

function sha1(data, secret) {
  return crypto.createHmac('sha1', secret).update(data).digest('hex')
}

const [bodyFile, signature] = process.argv.slice(2);
const rawBody = require('fs').readFileSync(bodyFile);
const accepted = verify(rawBody, { headers: { 'x-chatbase-signature': signature } }, process.env.WEBHOOK_SECRET);
console.log(accepted ? 'accept' : 'reject');
