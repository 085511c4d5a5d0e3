// RFC 2202 (MD5, SHA-1) and RFC 4231 (SHA-256, SHA-384, SHA-512), every test case but those of SHA-224, which no scheme has; and for each
// algorithm what is next to a tag without being it.
import { createHmac } from 'node:crypto';

const hex = (text) => Buffer.from(text, 'latin1').toString('hex');
const long = 'aa'.repeat(131);
const truncated = ['0c'.repeat(20), hex('Test With Truncation')];

/** Key and content of test cases 1 to 4, 6 and 7 of RFC 4231, with its digests. */
const rfc4231 = [
  ['0b'.repeat(20), hex('Hi There')],
  [hex('Jefe'), hex('what do ya want for nothing?')],
  ['aa'.repeat(20), 'dd'.repeat(50)],
  ['0102030405060708090a0b0c0d0e0f10111213141516171819', 'cd'.repeat(50)],
  [long, hex('Test Using Larger Than Block-Size Key - Hash Key First')],
  [long, hex('This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.')],
];

/** Those of RFC 2202; the keys of MD5 are as long as its digest. */
const rfc2202 = (size) => [
  ['0b'.repeat(size), hex('Hi There')],
  [hex('Jefe'), hex('what do ya want for nothing?')],
  ['aa'.repeat(size), 'dd'.repeat(50)],
  ['0102030405060708090a0b0c0d0e0f10111213141516171819', 'cd'.repeat(50)],
  ['0c'.repeat(size), hex('Test With Truncation')],
  ['aa'.repeat(80), hex('Test Using Larger Than Block-Size Key - Hash Key First')],
  ['aa'.repeat(80), hex('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data')],
];

const published = {
  md5: ['RFC 2202, section 2', rfc2202(16), [
    '9294727a3638bb1c13f48ef8158bfc9d', '750c783e6ab0b503eaa86e310a5db738', '56be34521d144c88dbb8c733f0e8b3f6', '697eaf0aca3a3aea3a75164746ffaa79',
    '56461ef2342edc00f9bab995690efd4c', '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd', '6f630fad67cda0ee1fb1f562db3aa53e']],
  sha1: ['RFC 2202, section 3', rfc2202(20), [
    'b617318655057264e28bc0b6fb378c8ef146be00', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79', '125d7342b9ac11cd91a39af48aa17b4f63f175d3',
    '4c9007f4026250c6bc8414f9bf50c86c2d7235da', '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04', 'aa4ae5e15272d00e95705637ce8a3b55ed402112',
    'e8e99d0f45237d786d6bbaa7965c7808bbff1a91']],
  sha256: ['RFC 4231, section 4', rfc4231, [
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe', '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54', '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2'],
    'a3b6167473100ee06e0c796c2955552b'],
  sha384: ['RFC 4231, section 4', rfc4231, [
    'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
    'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
    '88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27',
    '3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb',
    '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
    '6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e'],
    '3abf34c3503b2a23a46efc619baef897'],
  sha512: ['RFC 4231, section 4', rfc4231, [
    '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
    'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
    '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
    'e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58'],
    '415fad6271580a531d4179bc891d87a6'],
};

const mac = (hash, key, content) => createHmac(hash, Buffer.from(key, 'hex')).update(content, 'hex').digest('hex');
const flip = (tag, at, bit) => {
  const bytes = Buffer.from(tag, 'hex');
  bytes.writeUInt8(bytes.at(at) ^ bit, (at + bytes.length) % bytes.length);
  return bytes.toString('hex');
};

export const macs = Object.entries(published).flatMap(([hash, [source, inputs, digests, short]]) => {
  const algorithm = `hmac-${hash}`;
  const genuine = inputs.map(([key, content], index) => {
    if (mac(hash, key, content) !== digests[index]) throw new Error(`${algorithm}: case ${index + 1} is not what was published`);
    // The fifth of RFC 4231 is the truncated one.
    return { name: `test case ${short && index > 3 ? index + 2 : index + 1}`, source, algorithm, key, content, signature: digests[index], expect: 'Verified' };
  });
  if (short) {
    if (!mac(hash, ...truncated).startsWith(short)) throw new Error(`${algorithm}: the truncated case is not what was published`);
    genuine.push({ name: 'test case 5, truncated to 128 bits', source, algorithm, key: truncated[0], content: truncated[1], signature: short, expect: 'SignatureMalformed' });
  }

  const { key, content, signature: tag } = genuine[1];
  const edges = {
    'first bit changed': flip(tag, 0, 0x80), 'last bit changed': flip(tag, -1, 0x01), 'middle bit changed': flip(tag, tag.length / 4, 0x10),
    'all zero': tag.replace(/./g, '0'), 'all one': tag.replace(/./g, 'f'), 'bytes reversed': Buffer.from(tag, 'hex').reverse().toString('hex'),
    'a byte less': tag.slice(2), 'a byte more': tag + '00', 'half of it': tag.slice(tag.length / 2), 'there twice': tag + tag,
  };
  return genuine.concat(Object.entries(edges).map(([name, signature]) => ({
    name, source: 'computed; what Wycheproof calls ModifiedTag', algorithm, key, content, signature,
    expect: signature.length === tag.length ? 'SignatureMismatch' : 'SignatureMalformed',
  })));
});
