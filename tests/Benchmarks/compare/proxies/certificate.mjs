// A certificate that nobody trusts, which no load generator here asks for.
import { existsSync } from 'node:fs';
import { run } from '../process.mjs';

/** @returns {Promise<{ certificate: string, key: string }>} files; ECDSA P-256 */
export async function certificateIn(directory) {
  const [certificate, key] = [`${directory}/certificate.pem`, `${directory}/key.pem`];
  if (!existsSync(certificate)) {
    await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
      '-subj', '/CN=localhost', '-keyout', key, '-out', certificate]);
  }
  return { certificate, key };
}
