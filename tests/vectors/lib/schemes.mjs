// Formulas that many providers share.

/** A MAC of the body alone, in one header. */
export const bodyMac = (header, hash, encoding = 'hex', prefix = '') => ({
  sign: (m) => ({ [header]: prefix + m.hmac(hash, m.body, encoding) }),
});

/** As bodyMac, with a signed time in the body, which body(message) writes. */
export const bodyMacWithTime = (header, hash, encoding, prefix, body) => ({
  ...bodyMac(header, hash, encoding, prefix), body, bodyTime: 300,
});

/** t=1735787045,v1=hex of an HMAC-SHA256 over "1735787045.body", in Stripe's words. */
export const stripeLike = (header, { tolerance = 300, time = 't', mark = 'v1', separator = ',', join = '.', hash = 'sha256' } = {}) => ({
  tolerance,
  sign: (m) => ({ [header]: `${time}=${m.time}${separator}${mark}=${m.hmac(hash, `${m.time}${join}${m.body}`)}` }),
});

/** Standard Webhooks: https://www.standardwebhooks.com. The key is what the base64 behind the secret's prefix says. */
export const standardWebhooks = (headers = 'webhook', { tolerance = 300, secretPrefix = 'whsec_', decode = true } = {}) => ({
  tolerance,
  secret: decode ? secretPrefix + Buffer.from('standard webhooks test key').toString('base64') : undefined,
  other: decode ? secretPrefix + Buffer.from('another test key, as long').toString('base64') : undefined,
  sign(m) {
    const key = decode ? Buffer.from(m.secret.slice(secretPrefix.length), 'base64') : m.secret;
    return {
      [`${headers}-signature`]: `v1,${m.hmac('sha256', `msg_4711.${m.time}.${m.body}`, 'base64', key)}`,
      [`${headers}-id`]: 'msg_4711',
      [`${headers}-timestamp`]: `${m.time}`,
    };
  },
  more: (build) => [
    build('another id', 'SignatureMismatch', {}, ({ headers: h }) => { h[`${headers}-id`] = 'msg_4712'; }),
    build('second signature of the list', 'Verified', {}, ({ headers: h }) => {
      h[`${headers}-signature`] = `v1,${Buffer.alloc(32).toString('base64')} v2,skipped ${h[`${headers}-signature`]}`;
    }),
  ],
});

/** A shared token in a header, which proves nothing of the body. */
export const token = (header, prefix = '') => ({
  token: true,
  signsBody: false,
  sign: (m) => ({ [header]: prefix + m.secret }),
  more: (build) => [
    build('longer token', 'SignatureMismatch', {}, ({ headers }) => { headers[header] += 'x'; }),
    build('two tokens', 'SignatureMalformed', {}, ({ headers }) => { headers[header] = [headers[header], headers[header]]; }),
  ],
});

/** HTTP Basic; the secret is "user:password". */
export const basic = () => ({
  token: true,
  signsBody: false,
  secret: 'hook:test password ☕',
  other: 'hook:another password',
  sign: (m) => ({ Authorization: `Basic ${Buffer.from(m.secret).toString('base64')}` }),
  more: (build) => [
    build('no base64', 'SignatureMalformed', {}, ({ headers }) => { headers.Authorization = 'Basic ?'; }),
    build('another scheme', 'SignatureMalformed', {}, ({ headers }) => { headers.Authorization = 'Bearer aG9vaw=='; }),
  ],
});
