using System.Runtime.InteropServices;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>The few functions of OpenSSL's libcrypto that the framework does not wrap. .NET needs the library anyway, on Linux.</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto";
    private const int Ed25519KeyType = 1087;

    private static readonly string[] FileNames = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so", "libcrypto.3.dylib", "libcrypto-3-x64.dll"];

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, static (name, assembly, path) =>
    {
        foreach (var file in name == Library ? FileNames : [])
        {
            if (NativeLibrary.TryLoad(file, assembly, path, out var handle))
            {
                return handle;
            }
        }

        return 0;
    });

    /// <summary>Null when the bytes are no key, or the library is not there.</summary>
    public static EvpKey? ImportEd25519(ReadOnlySpan<byte> key)
    {
        try
        {
            var handle = EVP_PKEY_new_raw_public_key(Ed25519KeyType, 0, key, (nuint)key.Length);
            return handle.IsInvalid ? null : handle;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    public static bool Verify(EvpKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var context = EVP_MD_CTX_new();
        try
        {
            return EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                && EVP_DigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        }
        finally
        {
            EVP_MD_CTX_free(context);
        }
    }

    public static void Free(nint key) => EVP_PKEY_free(key);

    [LibraryImport(Library)]
    private static partial EvpKey EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint hash, nint engine, EvpKey key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerify(
        nint context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);
}
