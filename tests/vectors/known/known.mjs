import { ecdsa } from './ecdsa.mjs';
import { ed25519 } from './ed25519.mjs';
import { macs } from './macs.mjs';
import { rsa } from './rsa.mjs';

/** Cases by the name of their file. */
export const known = { macs, ecdsa, ed25519, rsa };
