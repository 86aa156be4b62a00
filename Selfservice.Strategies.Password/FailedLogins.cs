using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Secrets;
using Selfservice.Storage;

namespace Selfservice.Strategies.Password;

/// <summary>
/// Limits how many sign-ins fail for one identifier (NIST SP 800-63B-4, 3.2.2; ASVS 6.3.1). A failure is counted by one conditional update before the client learns of it, and a right
/// password is worth nothing once the limit is reached; updates run one after the other, so guesses sent at the same time gain nothing, while right passwords sent at the same time are not
/// in each other's way. Identifiers that nobody has are counted alike: the limit tells nobody who has an account.
/// </summary>
internal sealed partial class FailedLogins(IOptions<PasswordOptions> options, IStore store, OneTimeSecretKeys keys, TimeProvider clock, ILogger<FailedLogins> logger)
{
    private const string Purpose = "password_failures";

    /// <summary>Whether a password may be looked at; else its hash is not worth its work.</summary>
    /// <param name="identifier">The normalised identifier.</param>
    /// <param name="network">The client's network; null when it is not known.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public ValueTask<bool> MayTryAsync(string identifier, string? network, CancellationToken cancellationToken) =>
        EachAsync(store.ReadAsync, identifier, network, async (scope, budget, now, token) => await scope.Budgets.CountLeftAsync(budget, now, token).ConfigureAwait(false) > 0, cancellationToken);

    /// <summary>Counts a failure, or begins to count anew after a right password. False when there were too many: then nobody may learn whether the password was right.</summary>
    /// <param name="identifier">The normalised identifier.</param>
    /// <param name="network">The client's network; null when it is not known.</param>
    /// <param name="isRight">Whether the password is right.</param>
    /// <param name="cancellationToken">Stops waiting for the transaction.</param>
    public ValueTask<bool> CountAsync(string identifier, string? network, bool isRight, CancellationToken cancellationToken) =>
        EachAsync(
            store.WriteAsync,
            identifier,
            network,
            (scope, budget, now, token) => isRight ? scope.Budgets.TryResetAsync(budget, now, token) : scope.Budgets.TryTakeAsync(budget, now, token),
            cancellationToken);

    private async ValueTask<bool> EachAsync(
        Func<Func<IStoreScope, CancellationToken, Task<bool>>, CancellationToken, Task<bool>> run,
        string identifier,
        string? network,
        Func<IStoreScope, Budget, DateTimeOffset, CancellationToken, Task<bool>> work,
        CancellationToken cancellationToken)
    {
        var budgets = Budgets(identifier, network);
        if (budgets.Length == 0)
            return true;
        var now = clock.GetUtcNow();
        var isWithin = await run(
            async (scope, token) =>
            {
                foreach (var budget in budgets)
                    if (!await work(scope, budget, now, token).ConfigureAwait(false))
                        return false;
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (!isWithin)
            LogLimited();
        return isWithin;
    }

    // The client's own comes first: what it may not try does not count against the owner of the identifier.
    private Budget[] Budgets(string identifier, string? network)
    {
        var limits = options.Value.Config.FailedLogins;
        List<Budget> budgets = [];
        if (limits.PerClient > 0 && network is not null)
            budgets.Add(new(Purpose, Subject($"{identifier}\0{network}"), limits.PerClient, limits.Window));
        if (limits.PerIdentifier > 0)
            budgets.Add(new(Purpose, Subject(identifier), limits.PerIdentifier, limits.Window));
        return [.. budgets];
    }

    // Keyed, because people type passwords and other people's addresses into this field too.
    private string Subject(string text) => Convert.ToHexStringLower(keys.Mac(Purpose, text));

    [LoggerMessage(2002, LogLevel.Warning, "A sign-in with a password was refused: there were too many failed ones for its identifier.", EventName = "PasswordLoginLimited")]
    private partial void LogLimited();
}
