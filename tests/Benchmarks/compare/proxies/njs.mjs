// nginx + njs: the body in memory, HMAC by its crypto module, then a proxy_pass. Checks neither time nor replay.
import { writeFileSync } from 'node:fs';
import { secret } from '../requests.mjs';
import { freePort, start, waitForAnswer } from '../process.mjs';

// This version of njs has no constant-time comparison.
const script = `
import crypto from 'crypto';
const key = Buffer.from('${secret}', 'base64');
function verify(request) {
  const headers = request.headersIn;
  const expected = crypto.createHmac('sha256', key)
    .update(headers['webhook-id'] + '.' + headers['webhook-timestamp'] + '.')
    .update(request.requestBuffer)
    .digest('base64');
  if (headers['webhook-signature'] === 'v1,' + expected) request.internalRedirect('@upstream');
  else request.return(400);
}
export default { verify };
`;

const configuration = ({ directory, port, upstream }) => `
load_module modules/ngx_http_js_module.so;
daemon off; worker_processes auto; pid ${directory}/njs.pid; error_log ${directory}/njs.log crit;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 100000000; client_max_body_size 64m; client_body_buffer_size 2m;
  client_body_temp_path ${directory}/njs-body; proxy_temp_path ${directory}/njs-proxy;
  js_path ${directory}; js_import proxy from njs.js;
  upstream app { server 127.0.0.1:${upstream.port}; keepalive 512; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / { js_content proxy.verify; }
    location @upstream { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`;

export async function startNjs({ directory, upstream }) {
  const port = await freePort();
  writeFileSync(`${directory}/njs.js`, script);
  writeFileSync(`${directory}/njs.conf`, configuration({ directory, port, upstream }));
  const child = start('nginx', ['-c', `${directory}/njs.conf`], { log: `${directory}/njs.out` });
  await waitForAnswer(child, port);
  return { child, port };
}
