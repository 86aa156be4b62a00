namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Makes and checks the hashes that stand for passwords in the store. A host may register its own.</summary>
public interface IPasswordHasher
{
    /// <summary>Hashes a password with a fresh salt and the current parameters into a text that holds all of them.</summary>
    /// <param name="password">At most <see cref="PasswordText.MaximumBytes"/> bytes; the policy refuses longer ones first.</param>
    /// <param name="cancellationToken">Ends the wait for a free slot. A hash that has begun runs to its end.</param>
    /// <exception cref="ArgumentException">The password is too long, or holds half of a surrogate pair.</exception>
    /// <exception cref="HashingOverloadedException">Too many callers wait already: answer 503.</exception>
    ValueTask<string> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>Compares a password with a stored hash, in time that does not depend on where they differ.</summary>
    /// <param name="password">
    /// What the user typed. Longer than <see cref="PasswordText.MaximumBytes"/> bytes: always <see cref="PasswordVerification.Failed"/>.
    /// </param>
    /// <param name="encoded">The stored hash, as <see cref="HashAsync"/> gave it or as another system left it.</param>
    /// <param name="cancellationToken">Ends the wait for a free slot. A hash that has begun runs to its end.</param>
    /// <exception cref="HashingOverloadedException">Too many callers wait already: answer 503.</exception>
    ValueTask<PasswordVerification> VerifyAsync(string password, string encoded, CancellationToken cancellationToken);

    /// <summary>Does the work of <see cref="VerifyAsync"/> with the current parameters, for an identifier that nobody has (ASVS 6.3.8).</summary>
    /// <param name="password">What the user typed.</param>
    /// <param name="cancellationToken">Ends the wait for a free slot. A hash that has begun runs to its end.</param>
    /// <exception cref="HashingOverloadedException">Too many callers wait already: answer 503.</exception>
    ValueTask VerifyDummyAsync(string password, CancellationToken cancellationToken);
}
