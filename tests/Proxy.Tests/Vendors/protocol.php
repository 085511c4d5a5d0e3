<?php
// Protocol's sample for PHP, their statements untouched; secret, body and signature come from outside.
function verify($request, $payload, $secret) {
  $signature = $request['headers']['x-protocol-signature'];
  $hash = hash_hmac('sha256', $payload, $secret);

  if (hash_equals($hash, $signature)) {
    return true;
  } else {
    return false;
  }
}

[, $bodyFile, $signature] = $argv;
$request = ['headers' => ['x-protocol-signature' => $signature]];
echo verify($request, file_get_contents($bodyFile), getenv('WEBHOOK_SECRET')) ? 'accept' : 'reject', "\n";
