using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Identities;
using Selfservice.Storage;

namespace Selfservice.Sessions;

/// <summary>Whether a session is sure enough of its owner to be shown to them: <c>Session:Whoami:RequiredAal</c>.</summary>
internal sealed class RequiredLevel(IOptions<SelfserviceOptions> options, AvailableLevel available, IStore store)
{
    /// <summary>Whether the session of an identity, which is given with its credentials, is sure enough.</summary>
    public bool IsMet(Session session, Identity owner) => !AsksMoreOf(session) || session.Aal >= available.Of(owner);

    /// <summary>The same for a session alone. Credentials are read only where a second factor could be missing: this stands on the path of every request.</summary>
    public async ValueTask<bool> IsMetAsync(Session session, CancellationToken cancellationToken)
    {
        if (!AsksMoreOf(session))
            return true;
        var owner = await store.ReadAsync((scope, token) => scope.Identities.FindAsync(session.IdentityId, withCredentials: true, token), cancellationToken).ConfigureAwait(false);
        return owner is null || session.Aal >= available.Of(owner);
    }

    /// <summary>Where a browser proves its second factor.</summary>
    public static string StepUpUrl(string publicUrl, string? returnTo = null) =>
        $"{publicUrl}/self-service/login/browser?aal=aal2{(returnTo is null ? "" : "&return_to=" + Uri.EscapeDataString(returnTo))}";

    private bool AsksMoreOf(Session session) =>
        session.Aal < AuthenticatorAssuranceLevel.Aal2 && options.Value.Session.Whoami.RequiredAal == "highest_available" && available.HasSecondFactors;
}
