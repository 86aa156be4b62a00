using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Secrets;

/// <summary>Makes the keyed hashes under which one-time secrets are kept: who steals the database cannot try codes against it.</summary>
public sealed class OneTimeSecretKeys
{
    private readonly byte[][] _keys;

    /// <summary>Takes the configured keys. Without any, which start-up allows in Development only, a random one that lives as long as the process.</summary>
    public OneTimeSecretKeys(IOptions<SelfserviceOptions> options)
    {
        var configured = options.Value.Secrets.Default;
        _keys = configured.Count == 0 ? [RandomNumberGenerator.GetBytes(32)] : [.. configured.Select(k => SHA256.HashData(Encoding.UTF8.GetBytes(k)))];
    }

    /// <summary>The keyed hash of a new secret: HMAC-SHA-256 of its purpose and itself under the first key.</summary>
    public byte[] Mac(string purpose, string secret) => Mac(_keys[0], purpose, secret);

    /// <summary>The hashes that a secret may be kept under: one for each key, so that keys can be rotated.</summary>
    public IEnumerable<byte[]> Macs(string purpose, string secret) => _keys.Select(key => Mac(key, purpose, secret));

    private static byte[] Mac(byte[] key, string purpose, string secret) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\0{secret}"));
}
