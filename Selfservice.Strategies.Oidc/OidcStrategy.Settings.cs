using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Registration;
using Selfservice.Settings;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc;

/// <summary>Linking accounts at providers to one's own, and taking them away.</summary>
internal sealed partial class OidcStrategy
{
    private const string Last = "can not unlink OpenID Connect connection because it is the last remaining first factor credential";
    private const string NotLinkable = "can not link unknown or already existing OpenID Connect connection";
    private const string NotLinked = "can not unlink non-existing OpenID Connect connection";
    private const string Both = "it is not possible to link and unlink providers in the same request";

    public ValueTask AddNodesAsync(SettingsForm form, CancellationToken cancellationToken)
    {
        var linked = OidcCredential.Accounts(form.Identity.Credential(OidcCredential.Type)).Select(a => a.Provider).ToHashSet(StringComparer.Ordinal);
        var mayUnlink = factors.CountOf(form.Identity) > 1;
        foreach (var provider in Offered)
        {
            if (!linked.Contains(provider.Id))
                OidcNodes.Add(form.Ui, "link", provider, OidcMessages.Link(provider.Label));
            else if (mayUnlink)
                OidcNodes.Add(form.Ui, "unlink", provider, OidcMessages.Unlink(provider.Label));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<StrategyResult<SettingsChange>> ChangeAsync(SettingsSubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Callback is { } callback)
            return LinkAsync(submission, callback, cancellationToken);
        return (submission.Submission.Text("link"), submission.Submission.Text("unlink")) switch
        {
            ({ }, { }) => ValueTask.FromResult(Rejected(Both)),
            ({ } link, null) => BeginLinkAsync(submission, link, cancellationToken),
            (null, { } unlink) => ValueTask.FromResult(Unlink(submission, unlink)),
            _ => ValueTask.FromResult<StrategyResult<SettingsChange>>(new StrategyResult<SettingsChange>.Rejected(new FieldMessage("", SettingsMessages.NoStrategy))),
        };
    }

    private async ValueTask<StrategyResult<SettingsChange>> BeginLinkAsync(SettingsSubmission submission, string provider, CancellationToken cancellationToken) =>
        !IsLinkable(submission.Identity, provider) ? Rejected(NotLinkable)
        : !submission.IsPrivileged ? new StrategyResult<SettingsChange>.Unprivileged()
        : await BeginAsync<SettingsChange>(provider, submission.Flow, submission.Submission, submission.Client, cancellationToken).ConfigureAwait(false);

    private async ValueTask<StrategyResult<SettingsChange>> LinkAsync(SettingsSubmission submission, Callback callback, CancellationToken cancellationToken)
    {
        // Before the code is redeemed: it could not be redeemed again afterwards.
        if (!submission.IsPrivileged)
            return new StrategyResult<SettingsChange>.Unprivileged();
        switch (await signIns.RedeemAsync(submission.Flow, callback).ConfigureAwait(false))
        {
            case ProviderResult<ProvenAccount>.Failure failure:
                return Refused<SettingsChange>(failure.Error);
            case ProviderResult<ProvenAccount>.Success { Value: var account }:
                if (!IsLinkable(submission.Identity, account.Provider.Id))
                    return Rejected(NotLinkable);
                if (await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false) is not null)
                    return new StrategyResult<SettingsChange>.Rejected(new FieldMessage("", RegistrationMessages.Duplicate));
                submission.Flow.Active = Id;
                var identity = WithAccount(submission.Identity, seal.Seal(account.Account, account.Tokens));
                return new StrategyResult<SettingsChange>.Completed(new(identity) { Proof = Proof(account.Provider.Id, account.Provider.OrganizationId) });
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private bool IsLinkable(Identity identity, string provider) =>
        Offered.Any(p => p.Id == provider) && !OidcCredential.Accounts(identity.Credential(OidcCredential.Type)).Any(a => a.Provider == provider);

    private StrategyResult<SettingsChange> Unlink(SettingsSubmission submission, string provider)
    {
        if (!submission.IsPrivileged)
            return new StrategyResult<SettingsChange>.Unprivileged();
        if (submission.Identity.Credential(OidcCredential.Type) is not { } credential)
            return new StrategyResult<SettingsChange>.Failed(ErrorObject.NotFound($"identity does not have credential type {Id}"));
        var accounts = OidcCredential.Accounts(credential);
        var rest = identities.WithCredential(submission.Identity, OidcCredential.With(credential, [.. accounts.Where(a => a.Provider != provider)]));
        if (factors.CountOf(submission.Identity) < 2 || factors.CountOf(rest) == 0)
            return Rejected(Last);
        if (catalog.Find(provider) is null || !accounts.Any(a => a.Provider == provider))
            return Rejected(NotLinked);
        // In the contract only a browser's flow says so.
        if (submission.Flow.ClientType == ClientType.Browser)
            submission.Flow.Active = Id;
        return new StrategyResult<SettingsChange>.Completed(new(rest));
    }

    private static StrategyResult<SettingsChange> Rejected(string reason) => new StrategyResult<SettingsChange>.Rejected(new FieldMessage("", FlowMessages.Generic(reason)));
}
