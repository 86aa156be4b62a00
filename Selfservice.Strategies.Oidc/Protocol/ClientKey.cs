using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>A key of this host's own, by which it proves itself to a provider.</summary>
/// <param name="Pem">RSA or EC, PEM (<c>PRIVATE KEY</c>, PKCS#8).</param>
/// <param name="Id">Its id at the provider; empty for none.</param>
internal sealed record ClientKey(string Pem, string Id)
{
    /// <summary>Whether it is a key.</summary>
    public bool IsUsable => IsEc || CanImport(RSA.Create);

    /// <summary>Whether it is an EC key, as Apple has them.</summary>
    public bool IsEc => CanImport(ECDsa.Create);

    /// <summary>A signed statement about this host.</summary>
    /// <exception cref="CryptographicException">It is no key.</exception>
    public string Sign(string issuer, string subject, string audience, string? id, DateTimeOffset now, TimeSpan lifetime)
    {
        if (IsEc)
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(Pem);
            return Sign(new ECDsaSecurityKey(key), key.KeySize switch { 256 => "ES256", 384 => "ES384", _ => "ES512" }, issuer, subject, audience, id, now, lifetime);
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(Pem);
        return Sign(new RsaSecurityKey(rsa), "RS256", issuer, subject, audience, id, now, lifetime);
    }

    private string Sign(SecurityKey key, string algorithm, string issuer, string subject, string audience, string? id, DateTimeOffset now, TimeSpan lifetime)
    {
        if (Id.Length > 0)
            key.KeyId = Id;
        var claims = new Dictionary<string, object> { ["sub"] = subject };
        if (id is not null)
            claims["jti"] = id;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = claims,
            // A factory of its own, without the cache that all of a process share.
            SigningCredentials = new(key, algorithm) { CryptoProviderFactory = new() { CacheSignatureProviders = false } },
        });
    }

    private bool CanImport(Func<AsymmetricAlgorithm> create)
    {
        using var key = create();
        try
        {
            key.ImportFromPem(Pem);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
