using System.Text;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>
/// Decides whether a password may be chosen: at registration, in the settings, after a recovery. Never at login. Use one for the whole host.
/// </summary>
/// <remarks>
/// The order is that of the contract, and the first failure wins: length, similarity to an identifier, a repeated character, words of this
/// service, common passwords, and last, since it costs a request, data breaches.
/// </remarks>
public sealed class PasswordPolicy : IDisposable
{
    private readonly PasswordPolicyOptions _options;
    private readonly IBreachedPasswords _breached;
    private readonly CommonPasswords _common = new();
    private readonly HashSet<string> _contextWords;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">What is checked; validated here.</param>
    /// <param name="breached">The breach check, asked only where <see cref="PasswordPolicyOptions.CheckBreaches"/> is on.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public PasswordPolicy(PasswordPolicyOptions options, IBreachedPasswords breached)
    {
        options.Validate();
        _options = options;
        _breached = breached;
        _contextWords = new HashSet<string>(options.ContextWords.Select(PasswordText.Compose), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The first violation, or null where the password may be used.</summary>
    /// <param name="password">The password as typed.</param>
    /// <param name="identifiers">Every identifier that its owner has or is about to have; empty ones are skipped.</param>
    /// <param name="cancellationToken">Ends the breach check.</param>
    public async ValueTask<PasswordViolation?> CheckAsync(string password, IEnumerable<string> identifiers, CancellationToken cancellationToken)
    {
        if (CheckLength(password) is { } violation)
            return violation;
        var composed = PasswordText.Compose(password);
        if (_options.CheckIdentifierSimilarity && identifiers.Any(identifier => IdentifierSimilarity.IsTooHigh(composed, identifier)))
            return new PasswordViolation.SimilarToIdentifier();
        if (_options.RefuseRepeatedCharacter && IsOneCharacter(composed))
            return new PasswordViolation.RepeatedCharacter();
        if (_contextWords.Contains(composed))
            return new PasswordViolation.ContextWord();
        if (_options.RefuseCommonPasswords && _common.Contains(composed))
            return new PasswordViolation.Common();
        return _options.CheckBreaches ? await CheckBreachesAsync(composed, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _common.Dispose();

    // The upper bound comes first: everything after it is bounded by it.
    private PasswordViolation? CheckLength(string password)
    {
        var bytes = Encoding.UTF8.GetByteCount(password);
        if (bytes > _options.MaximumBytes)
            return new PasswordViolation.TooLong(_options.MaximumBytes, bytes);
        if (!PasswordText.IsWellFormed(password))
            return new PasswordViolation.NotUnicode();
        var composed = PasswordText.Compose(password);
        var composedBytes = Encoding.UTF8.GetByteCount(composed);
        if (composedBytes > _options.MaximumBytes)
            return new PasswordViolation.TooLong(_options.MaximumBytes, composedBytes);
        var length = _options.LengthUnit == PasswordLengthUnit.Utf8Bytes ? bytes : composed.EnumerateRunes().Count();
        return length < _options.MinimumLength ? new PasswordViolation.TooShort(_options.MinimumLength, length) : null;
    }

    private async ValueTask<PasswordViolation?> CheckBreachesAsync(string composed, CancellationToken cancellationToken)
    {
        var count = await _breached.CountAsync(composed, cancellationToken).ConfigureAwait(false);
        if (count is null)
            return _options.IgnoreBreachCheckOutages ? null : new PasswordViolation.BreachCheckUnavailable();
        return count > _options.MaximumBreaches ? new PasswordViolation.Breached(count.Value) : null;
    }

    private static bool IsOneCharacter(string password)
    {
        var runes = password.EnumerateRunes();
        return !runes.Any(rune => rune != runes.First());
    }
}
