<?php
// tawk.to's sample for PHP. Their verifySignature is untouched; secret, body and signature come from outside.
define('WEBHOOK_SECRET', getenv('WEBHOOK_SECRET'));

function verifySignature ($body, $signature) {
  $digest = hash_hmac('sha1', $body, WEBHOOK_SECRET);
  return $signature === $digest ;
}

[, $bodyFile, $signature] = $argv;
echo verifySignature(file_get_contents($bodyFile), $signature) ? 'accept' : 'reject', "\n";
