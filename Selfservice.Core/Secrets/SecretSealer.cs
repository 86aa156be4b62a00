using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Secrets;

/// <summary>
/// Seals what must be read again later, such as a provider's tokens: AES-256-GCM, so that it can be neither read nor changed nor moved elsewhere without a key of the host.
/// </summary>
/// <remarks>
/// Each sealing has a key of its own, derived (HKDF, RFC 5869) from the configured one, a random salt and the purpose: no count of messages per key has to be watched, and what
/// was sealed for one purpose opens for no other.
/// </remarks>
public sealed class SecretSealer
{
    private const string Version = "v1.";
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = SaltBytes + NonceBytes + TagBytes;

    private readonly byte[][] _keys;

    /// <summary>Takes the configured keys: <c>Secrets:Cipher</c>, or <c>Secrets:Default</c> where that is empty. Without any, which start-up allows in Development only, a random one that lives as long as the process.</summary>
    public SecretSealer(IOptions<SelfserviceOptions> options)
    {
        var secrets = options.Value.Secrets;
        var configured = secrets.Cipher.Count > 0 ? secrets.Cipher : secrets.Default;
        _keys = configured.Count == 0 ? [RandomNumberGenerator.GetBytes(32)] : [.. configured.Select(k => SHA256.HashData(Encoding.UTF8.GetBytes(k)))];
    }

    /// <summary>Seals a text under the first key.</summary>
    /// <param name="purpose">What it is for; the same is needed to open it.</param>
    /// <param name="owner">Whose it is, for example the identifier of a credential; the same is needed to open it.</param>
    /// <param name="text">The text.</param>
    public string Seal(string purpose, string owner, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[Overhead + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, SaltBytes + NonceBytes));
        using var cipher = Cipher(_keys[0], box.AsSpan(0, SaltBytes), purpose);
        cipher.Encrypt(box.AsSpan(SaltBytes, NonceBytes), plain, box.AsSpan(SaltBytes + NonceBytes, plain.Length), box.AsSpan(^TagBytes..), Bound(purpose, owner));
        CryptographicOperations.ZeroMemory(plain);
        return Version + Base64Url.EncodeToString(box);
    }

    /// <summary>Opens what was sealed, under whichever key that was, so that a new key can be put in front. Null for what was changed, belongs elsewhere, or was sealed under a key that is gone.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="sealedText">The sealed text.</param>
    public string? Open(string purpose, string owner, string sealedText)
    {
        if (!sealedText.StartsWith(Version, StringComparison.Ordinal) || !Base64Url.IsValid(sealedText.AsSpan(Version.Length), out var length) || length < Overhead)
            return null;
        var box = Base64Url.DecodeFromChars(sealedText.AsSpan(Version.Length)).AsSpan();
        var plain = new byte[length - Overhead];
        foreach (var key in _keys)
        {
            using var cipher = Cipher(key, box[..SaltBytes], purpose);
            try
            {
                cipher.Decrypt(box.Slice(SaltBytes, NonceBytes), box[(SaltBytes + NonceBytes)..^TagBytes], box[^TagBytes..], plain, Bound(purpose, owner));
                return Encoding.UTF8.GetString(plain);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Perhaps another key's.
            }
        }

        return null;
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, string purpose)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt, Encoding.UTF8.GetBytes(purpose));
        var cipher = new AesGcm(derived, TagBytes);
        CryptographicOperations.ZeroMemory(derived);
        return cipher;
    }

    private static byte[] Bound(string purpose, string owner) => Encoding.UTF8.GetBytes($"{purpose}\0{owner}");
}
