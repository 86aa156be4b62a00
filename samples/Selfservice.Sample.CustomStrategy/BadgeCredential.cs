using System.Security.Cryptography;
using System.Text;
using Selfservice.Identities;

namespace Selfservice.Sample.CustomStrategy;

/// <summary>What is kept of a badge: the SHA-256 of its number. The number holds 128 random bits, so a plain hash cannot be guessed back.</summary>
public static class BadgeCredential
{
    /// <summary>The type of the credential.</summary>
    public static CredentialType Type { get; } = new("badge");

    /// <summary>The longest number that is looked up, in characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>Makes a number for a new badge.</summary>
    public static string NewNumber() => RandomNumberGenerator.GetHexString(32);

    /// <summary>What a badge is found by.</summary>
    public static string Identifier(string number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number)));
}
