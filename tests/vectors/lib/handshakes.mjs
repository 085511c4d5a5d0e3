import { Message, signedAt } from './message.mjs';

// A formula's handshakes(build) returns cases of build(name, expect, options):
//   expect    "Answered", with options.answer; "Failed"; "NotAHandshake"; "Refused": not even the signature is right
//   options   method, query, headers; body of a signed handshake, then signed by the formula;
//             answer: { status, contentType, body }, or message => that, where it is computed
/** The handshakes of a provider: what it asks an endpoint, and what the answer has to be. */
export function handshakesOf(id, formula) {
  const secret = formula.secret ?? `test-secret-of-${id}`;
  const key = formula.key ?? ((text) => text);
  return formula.handshakes?.((name, expect, { method, query = '', headers = {}, body, answer } = {}) => {
    const message = new Message(id, formula, { secret: key(secret) });
    message.body = body;
    const request = {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      url: message.url + query,
      headers: body === undefined ? headers : { ...formula.sign(message), 'Content-Type': message.contentType, ...headers },
      body,
    };
    return {
      provider: id, name, source: 'computed', secrets: [secret], parameters: formula.parameters, publicUrl: formula.publicUrl, ...request, now: signedAt + 2, expect,
      answer: typeof answer === 'function' ? answer(message) : answer,
    };
  }) ?? [];
}

export const json = (body) => ({ status: 200, contentType: 'application/json', body });
export const text = (body) => ({ status: 200, contentType: 'text/plain', body });
export const empty = { status: 200 };
