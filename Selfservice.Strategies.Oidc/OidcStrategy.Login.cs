using System.Text.Json.Nodes;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc;

/// <summary>Signing in, and adding an account at a provider to the account of who signs in.</summary>
internal sealed partial class OidcStrategy
{
    public ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken)
    {
        OidcNodes.Add(form, Offered);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<StrategyResult<Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken)
    {
        var flow = submission.Flow;
        flow.Active = Id;
        var sent = submission.Submission;
        switch (await ProveAsync(flow, sent, submission.Callback, submission.Proof, cancellationToken).ConfigureAwait(false))
        {
            case null when sent.Text("provider") is { } provider:
                return await BeginAsync<Authentication>(provider, flow, sent, submission.Client, cancellationToken).ConfigureAwait(false);
            case null:
                return new StrategyResult<Authentication>.Rejected(new FieldMessage("", LoginMessages.NoStrategy));
            case ProviderResult<ProvenAccount>.Failure failure:
                return Refused<Authentication>(failure.Error);
            case ProviderResult<ProvenAccount>.Success { Value: var account }:
                return await SignInAsync(flow, account, cancellationToken).ConfigureAwait(false);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async ValueTask<StrategyResult<Authentication>> SignInAsync(LoginFlow flow, ProvenAccount account, CancellationToken cancellationToken)
    {
        if (await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false) is not { } owner)
        {
            // Who is signed in proves who they are: that never makes another account.
            return flow.Refresh
                ? new StrategyResult<Authentication>.Rejected(new FieldMessage("", LoginMessages.UnknownAccount))
                : new StrategyResult<Authentication>.Converted(Flows.FlowKind.Registration, account);
        }

        return OidcCredential.Accounts(owner.Credential(OidcCredential.Type)).Any(a => a.Provider == account.Provider.Id && a.Subject == account.Claims.Subject)
            ? new StrategyResult<Authentication>.Completed(new(owner, Proof(account.Provider.Id, account.Provider.OrganizationId)))
            : new StrategyResult<Authentication>.Failed(CallbackErrors.CredentialMismatch);
    }

    public Message ExplainLink(LinkOffer offer, string loginUrl)
    {
        var id = LinkData.ProviderOf(offer.Data);
        var provider = catalog.Find(id)?.Options;
        return OidcMessages.SignInToLink(offer, provider is null ? id : provider.Label.Length > 0 ? provider.Label : provider.Provider, loginUrl);
    }

    public (Identity Identity, AuthenticationMethod Method) Link(Identity identity, JsonObject data)
    {
        var account = LinkData.Read(data);
        return (WithAccount(identity, account), Proof(account.Provider, account.Organization));
    }

    private Identity WithAccount(Identity identity, LinkedAccount account)
    {
        var before = identity.Credential(OidcCredential.Type);
        return identities.WithCredential(identity, OidcCredential.With(before, [.. OidcCredential.Accounts(before), account]));
    }
}
