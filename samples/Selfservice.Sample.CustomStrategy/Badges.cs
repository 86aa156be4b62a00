using Selfservice.Identities;
using Selfservice.Storage;

namespace Selfservice.Sample.CustomStrategy;

/// <summary>Issues badges.</summary>
public sealed class Badges(IStore store, TimeProvider clock)
{
    /// <summary>Gives an identity a new badge; its former one opens nothing any more.</summary>
    /// <param name="identityId">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number, to be written on the badge; it is not kept. Null when there is no such identity.</returns>
    public async Task<string?> IssueAsync(Guid identityId, CancellationToken cancellationToken)
    {
        var number = BadgeCredential.NewNumber();
        var now = clock.GetUtcNow();
        var credential = new Credential { Type = BadgeCredential.Type, Identifiers = [BadgeCredential.Identifier(number)], CreatedAt = now, UpdatedAt = now };
        var written = await store.WriteAsync(
            async (scope, token) =>
            {
                if (await scope.Identities.FindAsync(identityId, withCredentials: true, token).ConfigureAwait(false) is not { } identity)
                    return IdentityWrite.Missing;
                IReadOnlyList<Credential> credentials = [.. identity.Credentials.Where(c => c.Type != BadgeCredential.Type), credential];
                return await scope.Identities.UpdateAsync(identity with { Credentials = credentials, UpdatedAt = now }, identity.UpdatedAt, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return written == IdentityWrite.Written ? number : null;
    }
}
