using System.Runtime.InteropServices;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>A key that OpenSSL holds. Only read once it is made, so it serves many threads at once.</summary>
internal sealed class EvpKey() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibCrypto.Free(handle);
        return true;
    }
}
