using System.Security.Cryptography;
using System.Text;

namespace Selfservice.Sessions;

/// <summary>The tokens that prove a session. Only their SHA-256 is stored, so that a stolen database opens no account.</summary>
public static class SessionTokens
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>43 characters of 62 hold 256 bits.</summary>
    private const int Length = 43;

    /// <summary>The longest token that is looked up, in characters.</summary>
    public const int MaximumLength = 128;

    /// <summary>Makes a new session token.</summary>
    public static string New() => "ory_st_" + RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Makes a code by which a native client fetches its session: 64 letters and digits.</summary>
    public static string NewExchangeCode() => RandomNumberGenerator.GetString(Alphabet, 64);

    /// <summary>What is stored of a token.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The token that ends the session in a link: it follows from the session's own token, so that it need not be kept, and does not give that away.</summary>
    public static string LogoutToken(string token) =>
        "ory_lo_" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "logout"u8));

    /// <summary>Whether a token ends the session of the other. Takes the same time whatever is sent.</summary>
    public static bool IsLogoutToken(string? candidate, string token) =>
        candidate is { Length: <= MaximumLength } && CryptographicOperations.FixedTimeEquals(Hash(candidate), Hash(LogoutToken(token)));
}
