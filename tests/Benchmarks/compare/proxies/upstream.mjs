// The app behind all proxies: nginx, which reads the whole body and answers 200 with two bytes.
import { writeFileSync } from 'node:fs';
import { freePort, start, waitForAnswer } from '../process.mjs';

const script = `export default { answer: (request) => request.return(200, 'OK') };\n`;

// An answer before the body is read would end connections that a proxy means to keep.
const configuration = ({ directory, port }) => `
load_module modules/ngx_http_js_module.so;
daemon off; worker_processes 1; pid ${directory}/upstream.pid; error_log ${directory}/upstream.log crit;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 100000000; client_max_body_size 64m; client_body_buffer_size 2m;
  client_body_temp_path ${directory}/upstream-body; js_path ${directory}; js_import upstream from upstream.js;
  server { listen 127.0.0.1:${port} backlog=4096; location / { js_content upstream.answer; } }
}
`;

export async function startUpstream(directory) {
  const port = await freePort();
  writeFileSync(`${directory}/upstream.js`, script);
  writeFileSync(`${directory}/upstream.conf`, configuration({ directory, port }));
  const child = start('nginx', ['-c', `${directory}/upstream.conf`], { log: `${directory}/upstream.out` });
  await waitForAnswer(child, port);
  return { child, port, address: `http://127.0.0.1:${port}/` };
}
