using System.Text;
using Selfservice.Schemas;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The bytes that stand for a password: UTF-8 of its canonical composition (NFC), with nothing trimmed, folded or cut.</summary>
/// <remarks>
/// Keyboards disagree about how they write "é": as one code point or as two (NIST SP 800-63B-4, section 3.1.1.2). Tables of our own compose it, so that it does not depend on the
/// globalisation libraries of a host. Form C, not KC: passwords that look different stay different (ASVS 6.2.8). A verification that fails on the composed form is tried on the typed
/// form too, for hashes that other systems made of what was typed.
/// </remarks>
public static class PasswordText
{
    /// <summary>The longest password, in bytes of UTF-8: 1,024. Bounds the work that a stranger can ask for (NIST asks for at least 64 characters).</summary>
    public const int MaximumBytes = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the text has a form in UTF-8, that is no half of a surrogate pair; replacing one would make different passwords equal.</summary>
    /// <param name="password">The password as typed.</param>
    public static bool IsWellFormed(string password)
    {
        for (var i = 0; i < password.Length; i++)
        {
            if (!char.IsSurrogate(password[i]))
                continue;
            if (i + 1 == password.Length || !char.IsSurrogatePair(password[i], password[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>The canonical composition of the text.</summary>
    /// <param name="password">The password as typed; well formed.</param>
    public static string Compose(string password) => UnicodeNormalization.FormC(password);

    /// <summary>Whether both the typed and the composed form can be hashed.</summary>
    internal static bool IsUsable(string password) =>
        // Composition can lengthen a text, so the bound is asked of both; the first question keeps the composer away from megabytes.
        password.Length <= MaximumBytes && IsWellFormed(password) && Encoding.UTF8.GetByteCount(password) <= MaximumBytes
        && Encoding.UTF8.GetByteCount(Compose(password)) <= MaximumBytes;

    /// <summary>Writes the bytes of a usable text and says how many they are.</summary>
    internal static int GetBytes(string text, Span<byte> buffer) => StrictUtf8.GetBytes(text, buffer);
}
