using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>A provider's key. It signs whatever it is told to, by hand: what no library would make must be made here.</summary>
internal sealed class SigningKey(string id) : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public string Id => id;

    public JsonObject Public()
    {
        var key = _rsa.ExportParameters(false);
        return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
    }

    /// <summary>What an attacker knows of it and could use as a secret.</summary>
    public byte[] PublicPem() => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

    public string Sign(string claims, string? header = null)
    {
        var text = Join(header ?? $$"""{"alg":"RS256","typ":"JWT","kid":"{{id}}"}""", claims);
        return $"{text}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Join(string header, string claims) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";

    public void Dispose() => _rsa.Dispose();
}
