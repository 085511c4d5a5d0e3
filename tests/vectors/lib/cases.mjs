import { Message, signedAt } from './message.mjs';

// A formula is
//   sign(message)   returns the headers, that with the signature first; may set message.body, .url and .method
//   secret, other   what the policy is given, and another secret; default: a text with the id in it
//   key(secret)     what the sender signs with, where that is not what the policy is given (a private key)
//   body            text, or message => text; default: lib/message.mjs
//   contentType, url, publicUrl, parameters   of the request and of the policy
//   tolerance       seconds that a signed time outside the body stays valid; absent where none is signed
//   bodyTime        seconds that a signed time inside the body stays valid, where it is judged at all
//   signsBody       false for tokens and the like
//   tamper(request) alters what is signed; default: the body, where it is
//   strip(request)  takes the signature away; default: the first header
//   more(build)     cases of its own; build(name, expect, options, change)
const maxFutureSkew = 60;

/** The computed cases of a provider: the genuine message, and each way to get it wrong. */
export function casesOf(id, formula) {
  const secret = formula.secret ?? `test-secret-of-${id}`;
  const other = formula.other ?? `other-secret-of-${id}`;
  const key = formula.key ?? ((text) => text);

  function build(name, expect, { signedWith = secret, secrets = [secret], malformed, late = 2, ...settings } = {}, change = () => {}) {
    const message = new Message(id, formula, { secret: key(signedWith), malformed });
    const signed = formula.sign(message);
    const headers = message.contentType ? { ...signed, 'Content-Type': message.contentType } : signed;
    const request = { method: message.method, url: message.url, headers, body: message.body };
    change(request);
    const policy = { secrets, parameters: formula.parameters, publicUrl: formula.publicUrl, ...settings };
    return { name, source: 'computed', ...policy, ...request, now: signedAt + late, expect };
  }

  return [
    build('genuine', 'Verified'),
    build('second of two secrets', 'Verified', { secrets: [other, secret] }),
    ...tampered(build, formula),
    build('wrong secret', 'SignatureMismatch', { signedWith: other }),
    ...(formula.token ? [] : [build('malformed signature', 'SignatureMalformed', { malformed: true })]),
    build('missing signature', 'SignatureMissing', {}, formula.strip ?? withoutFirstHeader),
    ...timed(build, formula),
    ...(formula.more?.(build) ?? []),
  ];
}

function tampered(build, { signsBody = true, tamper }) {
  if (tamper) return [build('altered', 'SignatureMismatch', {}, tamper)];
  return signsBody ? [build('altered body', 'SignatureMismatch', {}, (request) => { request.body += ' '; })] : [];
}

function timed(build, { tolerance, bodyTime }) {
  if (tolerance) {
    return [
      build('oldest that is accepted', 'Verified', { late: tolerance }),
      build('expired', 'TimestampTooOld', { late: tolerance + 1 }),
      build('from the future', 'TimestampInFuture', { late: -maxFutureSkew - 1 }),
    ];
  }

  const enforced = { bodyTimestamp: 'Enforce' };
  return bodyTime ? [
    build('old time in the body, not judged', 'Verified', { late: bodyTime + 1 }),
    build('old time in the body', 'TimestampTooOld', { late: bodyTime + 1, ...enforced }),
    build('recent time in the body', 'Verified', enforced),
  ] : [];
}

function withoutFirstHeader({ headers }) {
  delete headers[Object.keys(headers)[0]];
}
