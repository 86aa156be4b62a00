namespace Selfservice.Storage;

/// <summary>How often something may be done within a time.</summary>
/// <param name="Purpose">What is counted; named by the part that counts.</param>
/// <param name="Subject">For whom or what it is counted. Only a hash of it is kept.</param>
/// <param name="Limit">How often, at least 1.</param>
/// <param name="Window">The time, counted from the first use.</param>
public sealed record Budget(string Purpose, string Subject, int Limit, TimeSpan Window);

/// <summary>Counts what may be done only so often: attempts at codes and passwords, mails to an address.</summary>
public interface IBudgetStore
{
    /// <summary>Takes one from a budget. False when it is used up: then nothing is counted. Of parallel takers exactly as many win as are left.</summary>
    Task<bool> TryTakeAsync(Budget budget, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes a budget whole again, as if nothing had been taken. False when it is used up: then it stays so until its time ends.</summary>
    Task<bool> TryResetAsync(Budget budget, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How many are left of a budget.</summary>
    Task<int> CountLeftAsync(Budget budget, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> budgets whose time ended before the given one; answers how many.</summary>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
