using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Login;
using Selfservice.Storage;

namespace Selfservice.Verification;

/// <summary>The configured hook <c>require_verified_address</c>: nobody signs in before one of their addresses is proven; the proof begins instead.</summary>
internal sealed class RequireVerifiedAddressHook(IOptions<SelfserviceOptions> options, Lazy<VerificationStarter> verifications, IStore store, MessageOutbox outbox) : IConfiguredHook, IFlowHook<LoginDraft>
{
    public string Name => "require_verified_address";

    public async ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken)
    {
        var identity = draft.Authentication.Identity;
        if (identity.VerifiableAddresses.Count == 0)
            return new HookVerdict.Refuse(FlowErrors.InvalidConfiguration("A misconfiguration prevents login. Expected to find a verification address but this identity does not have one assigned."));
        if (identity.VerifiableAddresses.Any(a => a.Verified))
            return HookVerdict.Continue;
        if (options.Value.FeatureFlags.LegacyRequireVerifiedLoginError)
            return new HookVerdict.Veto(new Strategies.FieldMessage("", LoginMessages.AddressNotVerified));
        var secret = draft.Flow.ClientType == ClientType.Browser ? draft.Client.Guard.BrowserSecret() : default;
        var plan = await verifications.Value.PlanAsync(identity, draft.Flow, secret, draft.Client, cancellationToken).ConfigureAwait(false);
        if (plan.Started is not [var started, ..])
            return new HookVerdict.Veto(new Strategies.FieldMessage("", LoginMessages.AddressNotVerified));
        await store.WriteAsync(
            async (scope, token) =>
            {
                await started.Work(scope, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        outbox.Wake();
        var page = verifications.Value.PageOf(started, draft.Client);
        return new HookVerdict.Divert(page, FlowErrors.AddressNotVerified(ContinueWith.ShowVerificationUi(started.Flow.Id, started.Address.Value, page)));
    }
}
