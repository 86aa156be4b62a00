using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Recovery;
using Selfservice.Registration;
using Selfservice.Settings;
using Selfservice.Verification;
using Selfservice.WebHooks.Delivery;

namespace Selfservice.WebHooks;

/// <summary>
/// One entry of the configured hook <c>web_hook</c>. One whose answer decides is asked before the commit; one whose answer is ignored is stored with the commit and called in the background;
/// any other is called after the commit, except at a login, which it stops when it fails.
/// </summary>
internal sealed partial class WebHook(
    WebHookTarget target,
    BodyProgram? body,
    WebHookCaller caller,
    WebHookOutbox outbox,
    IdentityChange change,
    IOptions<SelfserviceOptions> options,
    TimeProvider time,
    ILogger<WebHook> logger) : IFlowHook<FlowStart>, IFlowHook<LoginDraft>, IFlowHook<RegistrationDraft>, IFlowHook<SettingsDraft>, IFlowHook<RecoveryDraft>,
    IFlowHook<VerificationDraft>
{
    public ValueTask<HookVerdict> BeforeCommitAsync(FlowStart draft, CancellationToken cancellationToken) =>
        // Only settings belong to somebody who is signed in.
        AskAsync(new(draft, draft.Flow, null, draft.Flow is SettingsFlow ? draft.Client.Session : null), cancellationToken);

    public ValueTask AfterCommitAsync(FlowStart draft, CancellationToken cancellationToken) => WakeAsync();

    public async ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken)
    {
        // The session is not stored yet, and may become another.
        var session = draft.Session with { Id = Guid.Empty, Devices = draft.Session.Devices is { } devices ? [.. devices.Select(d => d with { Id = Guid.Empty })] : null };
        return await AskAsync(new(draft, draft.Flow, draft.Authentication.Identity, session), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask AfterCommitAsync(LoginDraft draft, CancellationToken cancellationToken) => WakeAsync();

    public ValueTask<HookVerdict> BeforeCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken) =>
        BeforeAsync(new(draft, draft.Flow, draft.Identity, null), identity => draft.Identity = identity, cancellationToken);

    public ValueTask AfterCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken) => AfterAsync(new(draft, draft.Flow, draft.Identity, null), cancellationToken);

    public ValueTask<HookVerdict> BeforeCommitAsync(SettingsDraft draft, CancellationToken cancellationToken) =>
        BeforeAsync(Of(draft), identity => draft.Identity = identity, cancellationToken);

    public ValueTask AfterCommitAsync(SettingsDraft draft, CancellationToken cancellationToken) => AfterAsync(Of(draft), cancellationToken);

    public ValueTask<HookVerdict> BeforeCommitAsync(RecoveryDraft draft, CancellationToken cancellationToken) => BeforeAsync(Of(draft, draft.Flow, draft.Identity), null, cancellationToken);

    public ValueTask AfterCommitAsync(RecoveryDraft draft, CancellationToken cancellationToken) => AfterAsync(Of(draft, draft.Flow, draft.Identity), cancellationToken);

    public ValueTask<HookVerdict> BeforeCommitAsync(VerificationDraft draft, CancellationToken cancellationToken) => BeforeAsync(Of(draft, draft.Flow, draft.Identity), null, cancellationToken);

    public ValueTask AfterCommitAsync(VerificationDraft draft, CancellationToken cancellationToken) => AfterAsync(Of(draft, draft.Flow, draft.Identity), cancellationToken);

    private static HookContext Of(SettingsDraft draft) => new(draft, draft.Flow, draft.Identity, draft.Client.Session is { } session ? session with { Identity = draft.Identity } : null);

    private static HookContext Of(HookDraft draft, Flow flow, Identity identity) => new(draft, flow, identity, null) { State = FlowState.PassedChallenge };

    private async ValueTask<HookVerdict> BeforeAsync(HookContext context, Action<Identity>? keep, CancellationToken cancellationToken) =>
        target.Decides || target.Ignores ? await AskAsync(context, cancellationToken, keep).ConfigureAwait(false) : HookVerdict.Continue;

    private ValueTask WakeAsync()
    {
        if (target.Ignores)
            outbox.Signal.Set();
        return ValueTask.CompletedTask;
    }

    private async ValueTask AfterAsync(HookContext context, CancellationToken cancellationToken)
    {
        await WakeAsync().ConfigureAwait(false);
        if (target is { Ignores: false, Decides: false } && await CallAsync(context, cancellationToken).ConfigureAwait(false) is WebHookResult.Failed failed)
            throw new HookFailedException(failed.Error);
    }

    private async ValueTask<HookVerdict> AskAsync(HookContext context, CancellationToken cancellationToken, Action<Identity>? keep = null)
    {
        switch (await CallAsync(context, cancellationToken).ConfigureAwait(false))
        {
            case WebHookResult.Accepted { Identity: { } changes } when keep is not null:
                var (identity, refused) = change.Apply(context.Identity!, changes);
                if (refused is not null)
                    return refused;
                keep(identity!);
                return HookVerdict.Continue;
            // Where no identity is stored, there is nothing to change.
            case WebHookResult.Accepted: return HookVerdict.Continue;
            case WebHookResult.Interrupted interrupted: return new HookVerdict.Veto(interrupted.Messages);
            case WebHookResult.Failed failed: return new HookVerdict.Refuse(failed.Error);
            default: throw new UnreachableException();
        }
    }

    private async ValueTask<WebHookResult> CallAsync(HookContext context, CancellationToken cancellationToken)
    {
        string? text = null;
        try
        {
            if (body is not null)
            {
                text = await body.MakeAsync(Describe(context), target.IsForm, cancellationToken).ConfigureAwait(false);
                if (text is null)
                    return new WebHookResult.Accepted();
            }
        }
        catch (FormatException e)
        {
            LogBodyFailed(target.Name, e.Message);
            return new WebHookResult.Failed(WebHookErrors.Unusable);
        }

        if (!target.Ignores)
            return await caller.CallAsync(target, text).ConfigureAwait(false);
        context.Draft.CommitWith(outbox.Store(target, text));
        return new WebHookResult.Accepted();
    }

    private JsonObject Describe(HookContext context) =>
        context.ToJson(options.Value.Clients.WebHook.HeaderAllowlist is { Count: > 0 } listed ? listed : HookContext.CommonHeaders, time.GetUtcNow());

    [LoggerMessage(EventId = 6005, EventName = "WebHookBodyFailed", Level = LogLevel.Error, Message = "Web hook {Hook} {Fault}")]
    private partial void LogBodyFailed(string hook, string fault);
}
