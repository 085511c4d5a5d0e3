# tawk.to's sample for Ruby. Their verifySignature is untouched; secret, body and signature come from outside.
require 'openssl'

WEBHOOK_SECRET = ENV.fetch('WEBHOOK_SECRET')

def verifySignature(body, signature)
  digest = OpenSSL::HMAC.hexdigest(OpenSSL::Digest.new('sha1'), WEBHOOK_SECRET, body)
  return digest == signature
end

body_file, signature = ARGV
puts verifySignature(File.binread(body_file), signature) ? 'accept' : 'reject'
