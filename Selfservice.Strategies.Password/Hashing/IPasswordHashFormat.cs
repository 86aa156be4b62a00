namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Checks passwords against hashes that another system made (bcrypt, PBKDF2, ...). Register one for each format.</summary>
/// <remarks>A right password is answered with <see cref="PasswordVerification.SuccessRehashNeeded"/>, so that each format dies out.</remarks>
public interface IPasswordHashFormat
{
    /// <summary>Whether the stored hash is of this format, seen from its prefix. The first format that says yes is asked.</summary>
    /// <param name="encoded">The stored hash.</param>
    bool Recognizes(string encoded);

    /// <summary>Compares, on a thread of its own and within a hashing slot; false also where the hash cannot be read or would cost too much.</summary>
    /// <param name="password">The password as it was typed, in UTF-8, not normalised. Wiped after the call: keep no copy.</param>
    /// <param name="encoded">The stored hash.</param>
    bool Verify(ReadOnlySpan<byte> password, string encoded);
}
