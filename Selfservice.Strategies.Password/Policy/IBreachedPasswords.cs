namespace Selfservice.Strategies.Password.Policy;

/// <summary>Knows how often a password was seen in data breaches. A host may register its own.</summary>
public interface IBreachedPasswords
{
    /// <summary>How often the password was seen; 0 where never, null where nobody could be asked (logged and counted by the implementation).</summary>
    /// <param name="password">The password; it never leaves the host.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    ValueTask<long?> CountAsync(string password, CancellationToken cancellationToken);
}
