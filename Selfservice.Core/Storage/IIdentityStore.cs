using Selfservice.Identities;

namespace Selfservice.Storage;

/// <summary>What became of writing an identity.</summary>
public enum IdentityWrite
{
    /// <summary>It is written.</summary>
    Written,

    /// <summary>Another identity has one of its identifiers, addresses or its external id. The transaction must be rolled back.</summary>
    Conflict,

    /// <summary>There is no such identity, or it was changed meanwhile.</summary>
    Missing,
}

/// <summary>How identities are listed: by id, a page after a given id.</summary>
public sealed record IdentityQuery
{
    /// <summary>Only identities with a greater id; the empty id begins the list.</summary>
    public Guid After { get; init; }

    /// <summary>How many to skip; for paging by number.</summary>
    public int Offset { get; init; }

    /// <summary>How many at most.</summary>
    public required int Limit { get; init; }

    /// <summary>Only these ids; null for all.</summary>
    public IReadOnlyCollection<Guid>? Ids { get; init; }

    /// <summary>Only identities with a credential that is found by one of these (type, identifier) pairs; null for all.</summary>
    public IReadOnlyCollection<(CredentialType Type, string Identifier)>? Identifiers { get; init; }

    /// <summary>Only identities of this organization; null for all.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>Whether credentials are loaded.</summary>
    public bool WithCredentials { get; init; }
}

/// <summary>Keeps identities with their credentials and addresses.</summary>
/// <remarks>
/// <see cref="Identity.UpdatedAt"/> is an identity's version. Each change moves it: to the time of the change, or, where that is not later than what is stored (two changes within a millisecond,
/// a clock that went back), to the next millisecond after it. So nobody who read the identity before a change can write what the change replaced.
/// </remarks>
public interface IIdentityStore
{
    /// <summary>The identity with its addresses, and its credentials when asked for, else <see cref="Identity.Credentials"/> is set to null; null without one.</summary>
    Task<Identity?> FindAsync(Guid id, bool withCredentials, CancellationToken cancellationToken);

    /// <summary>The identity that a credential of this type finds by this normalised identifier, with credentials and addresses; null without one.</summary>
    Task<Identity?> FindByIdentifierAsync(CredentialType type, string identifier, CancellationToken cancellationToken);

    /// <summary>The identity that can prove this normalised address, with addresses and credentials; null without one.</summary>
    Task<Identity?> FindByVerifiableAddressAsync(string via, string value, CancellationToken cancellationToken);

    /// <summary>The identities that one of these normalised addresses lets back in, with addresses and credentials; at most ten.</summary>
    Task<IReadOnlyList<Identity>> FindByRecoveryAddressAsync(IReadOnlyCollection<string> values, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that something was sent to an address, or that it is proven, which it then stays; the identity counts as changed. False when there is no such address (any more).
    /// </summary>
    Task<bool> SetAddressStatusAsync(Guid identityId, string via, string value, VerificationStatus status, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>An identity, other than <paramref name="identity"/> itself, that has one of its credential identifiers or addresses, with credentials; null without one.</summary>
    Task<Identity?> FindConflictAsync(Identity identity, CancellationToken cancellationToken);

    /// <summary>The identities that the query describes, by id.</summary>
    Task<IReadOnlyList<Identity>> ListAsync(IdentityQuery query, CancellationToken cancellationToken);

    /// <summary>How many identities there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Adds an identity with all it has.</summary>
    Task<IdentityWrite> InsertAsync(Identity identity, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces an identity with its credentials and addresses; rows that stay the same keep their ids and times. With <paramref name="expectedUpdatedAt"/> only an identity
    /// that was last changed then: of two changes made from the same state the later one must not bring back what the first replaced.
    /// </summary>
    /// <exception cref="InvalidOperationException">The identity was loaded without its credentials; storing it would delete them. Nothing is written.</exception>
    Task<IdentityWrite> UpdateAsync(Identity identity, DateTimeOffset? expectedUpdatedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the configuration of one credential if it still is <paramref name="expected"/>; the identity counts as changed. False when it was changed meanwhile: a rehash must never bring back
    /// an old password.
    /// </summary>
    Task<bool> ReplaceCredentialConfigAsync(Guid identityId, Credential expected, Credential replacement, CancellationToken cancellationToken);

    /// <summary>Deletes an identity and all that belongs to it, its sessions too. False when there is none.</summary>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}
