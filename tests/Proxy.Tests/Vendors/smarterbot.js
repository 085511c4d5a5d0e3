// smarterbot.ai's sample for Express, their statements untouched; key, body and header come from outside.
// It hashes a re-serialisation of the parsed body, which equals the bytes on the wire for compact JSON only.
const crypto = require('crypto');

function verify(req, webhookSigningKey) {
  // Extract the timestamp and signature from the header
  const newoaksSignature = req.get('X-Webhook-Signature');
  const { t, signature } = newoaksSignature.split(',').reduce((acc, currentValue) => {
    const [key, value] = currentValue.split('=');
    if (key === 't') {
      // UNIX timestamp
      acc.t = value;
    }
    if (key === 'v1') {
      acc.signature = value
    }
    return acc;
  }, { t: '', signature: ''});
  if (!t || !signature) throw new Error('Invalid Signature');

  // Create the signed payload by concatenating the timestamp (t), the character '.' and the request body's JSON payload.
  const data = t + '.' + JSON.stringify(req.body);
  const expectedSignature = crypto.createHmac('sha256', webhookSigningKey).update(data, 'utf8').digest('hex');

  // Determine the expected signature by computing an HMAC with the SHA256 hash function.
  if (expectedSignature !== signature) {
    // Signature is invalid!
    throw new Error('Invalid Signature');
  }
}

const [bodyFile, header] = process.argv.slice(2);
const body = JSON.parse(require('fs').readFileSync(bodyFile, 'utf8'));
try {
  verify({ get: () => header, body }, process.env.WEBHOOK_SECRET);
  console.log('accept');
} catch (error) {
  if (error.message !== 'Invalid Signature') throw error;
  console.log('reject');
}
