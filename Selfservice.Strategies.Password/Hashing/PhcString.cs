using System.Buffers;
using System.Globalization;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>An Argon2id hash with everything needed to check it, as text: <c>$argon2id$v=19$m=19456,t=2,p=1$salt$tag</c>.</summary>
/// <remarks>The PHC string format: decimals without leading zeros, base64 without padding.</remarks>
internal sealed class PhcString(Argon2Parameters parameters, byte[] salt, byte[] tag)
{
    /// <summary>What every hash of this format begins with.</summary>
    public const string Prefix = "$argon2id$";

    private const string VersionPart = "v=19";
    private const int LongestText = 256;
    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    public Argon2Parameters Parameters => parameters;

    public ReadOnlySpan<byte> Salt => salt;

    public ReadOnlySpan<byte> Tag => tag;

    /// <summary>Reads a text that <see cref="ToString"/> could have written, and that stays within the bounds; null for every other text.</summary>
    public static PhcString? Parse(string text, int maximumMemoryKibibytes, int maximumIterations)
    {
        if (text.Length > LongestText || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        if (text.Split('$') is not ["", _, VersionPart, var costs, var salt, var tag] || costs.Split(',') is not [var m, var t, var p])
            return null;
        if (ReadNumber(m, "m=") is not { } memory || ReadNumber(t, "t=") is not { } iterations || ReadNumber(p, "p=") is not { } lanes)
            return null;
        if (ReadBase64(salt) is not { } saltBytes || ReadBase64(tag) is not { } tagBytes)
            return null;

        var parameters = new Argon2Parameters
        {
            MemoryKibibytes = memory,
            Iterations = iterations,
            Parallelism = lanes,
            SaltBytes = saltBytes.Length,
            TagBytes = tagBytes.Length,
        };
        if (memory > maximumMemoryKibibytes || iterations > maximumIterations || !parameters.IsValid)
            return null;
        var parsed = new PhcString(parameters, saltBytes, tagBytes);
        // One hash has one text: leading zeros and stray low bits in the last base64 character end here.
        return parsed.ToString() == text ? parsed : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{VersionPart}$m={parameters.MemoryKibibytes},t={parameters.Iterations},p={parameters.Parallelism}${Base64(salt)}${Base64(tag)}");

    private static int? ReadNumber(string part, string name) =>
        part.StartsWith(name, StringComparison.Ordinal)
        && int.TryParse(part.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static byte[]? ReadBase64(string part)
    {
        if (part.Length % 4 == 1 || part.AsSpan().ContainsAnyExcept(Base64Characters))
            return null;
        return Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='));
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
