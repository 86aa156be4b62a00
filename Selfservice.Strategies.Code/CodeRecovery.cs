using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Recovery;
using Selfservice.Schemas;
using Selfservice.Secrets;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Submissions;
using Selfservice.Wire;

namespace Selfservice.Strategies.Code;

/// <summary>Recovery in two steps: the address, then the code that was sent there.</summary>
internal sealed class CodeRecovery(OneTimeCodes codes, IOptions<SelfserviceOptions> options, IStore store, MessageOutbox outbox, OneTimeSecretKeys keys, TimeProvider clock)
{
    public const string Purpose = "recovery_code";

    public static void Begin(RecoveryFlow flow) => CodeNodes.Show(flow.Ui, CsrfTokens.Node(flow), CodeNodes.Email, CodeNodes.Submit);

    public ValueTask<StrategyResult<RecoveryProof>> SubmitAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        if (TransientPayload.Read(submission.Submission, out var fault) is null && fault is not null)
            return ValueTask.FromResult<StrategyResult<RecoveryProof>>(new StrategyResult<RecoveryProof>.Rejected(fault));
        var email = submission.Submission.Text("email");
        if (email is null && submission.Flow.State != FlowState.ChooseMethod)
            return RedeemAsync(submission, cancellationToken);
        if (email is null)
            return Rejected(FlowMessages.Missing("email"));
        return EmailAddresses.IsValid(email) ? SendAsync(submission, email, cancellationToken) : Rejected(ValidationMessages.Email(email));
    }

    private static ValueTask<StrategyResult<RecoveryProof>> Rejected(Message message) =>
        ValueTask.FromResult<StrategyResult<RecoveryProof>>(new StrategyResult<RecoveryProof>.Rejected(new FieldMessage("email", message)));

    private async ValueTask<StrategyResult<RecoveryProof>> SendAsync(RecoverySubmission submission, string email, CancellationToken cancellationToken)
    {
        var flow = submission.Flow;
        var (identity, address) = await FindAsync(email, cancellationToken).ConfigureAwait(false);
        var work = await PrepareAsync(submission, identity, MessageChannel.Email, address ?? email, cancellationToken).ConfigureAwait(false);
        flow.State = FlowState.SentEmail;
        flow.Active = CodeId;
        ShowCode(flow, CodeNodes.Resend("email", email));
        flow.Ui.AddMessage(CodeMessages.RecoverySent);
        return new StrategyResult<RecoveryProof>.Pending(work);
    }

    private static void ShowCode(RecoveryFlow flow, UiNode resend) => CodeNodes.Show(flow.Ui, CsrfTokens.Node(flow), Code(), CodeNodes.Method, CodeNodes.Submit, resend);

    /// <summary>The field that takes the code.</summary>
    public static UiNode Code() => UiNode.Input(
        CodeNodes.Group,
        new() { Name = "code", Type = InputType.Text, Required = true, Pattern = "[0-9]+", MaxLength = OneTimeCodes.Length },
        CodeMessages.RecoveryCode);

    /// <summary>The identity that an address lets in, and the address as the identity has it: the one that was typed, or the one that it stands for.</summary>
    public async ValueTask<(Identity? Identity, string? Address)> FindAsync(string typed, CancellationToken cancellationToken)
    {
        var normalized = IdentifierNormalizer.Normalize(typed);
        var found = await store.ReadAsync((scope, token) => scope.Identities.FindByRecoveryAddressAsync([typed, normalized], token), cancellationToken).ConfigureAwait(false);
        foreach (var value in new[] { typed, normalized })
            if (found.FirstOrDefault(i => i.RecoveryAddresses.Any(a => a.Value == value)) is { } identity)
                return (identity, value);
        return (null, null);
    }

    /// <summary>What is stored when an address was given. Known or not, the same is done: a code is made, a message is written, the flow goes on; only what nobody may get is left out at the end.</summary>
    public async ValueTask<StoreWork> PrepareAsync(RecoverySubmission submission, Identity? identity, MessageChannel channel, string address, CancellationToken cancellationToken)
    {
        var (flow, client) = (submission.Flow, submission.Client);
        var code = OneTimeCodes.New();
        var isKnown = identity is not null && (identity.State == IdentityState.Active || options.Value.Flows.Recovery.SendToInactiveIdentities);
        var variables = codes.Variables(channel == MessageChannel.Sms ? "verification_code" : "recovery_code", code, flow, identity is null ? [] : WireWriter.ToObject(identity, client.PublicUrl), TransientPayload.Read(submission.Submission, out _));
        var template = isKnown || channel == MessageChannel.Sms ? CourierTemplate.RecoveryCodeValid : CourierTemplate.RecoveryCodeInvalid;
        var message = await outbox.ComposeAsync(new() { Template = template, Channel = channel, Recipient = address, Data = variables }, cancellationToken).ConfigureAwait(false);
        var isSent = isKnown || (identity is null && channel == MessageChannel.Email && options.Value.Flows.Recovery.NotifyUnknownRecipients);
        return codes.Issue(Purpose, flow, address, code, isKnown ? identity!.Id : null, message, isSent, client);
    }

    public async ValueTask<StrategyResult<RecoveryProof>> RedeemAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        var flow = submission.Flow;
        var (verdict, secret) = await codes.CheckAsync(Purpose, flow, submission.Submission.Text("code") ?? "", cancellationToken).ConfigureAwait(false);
        if (verdict == CodeVerdict.TooOften)
            return new StrategyResult<RecoveryProof>.Restart(CodeMessages.TooOften);
        var identity = verdict == CodeVerdict.Right
            ? await store.ReadAsync((scope, token) => scope.Identities.FindAsync(secret!.IdentityId!.Value, withCredentials: true, token), cancellationToken).ConfigureAwait(false)
            : null;
        var address = identity?.RecoveryAddresses.FirstOrDefault(a => a.Value == secret!.Subject);
        // An address that was taken off the account meanwhile opens it no more: that may be why it was taken off. A code of an administrator has no address.
        if (identity is null || (address is null && secret!.Subject.Length > 0))
        {
            flow.Ui.AddMessage(CodeMessages.RecoveryInvalid);
            return new StrategyResult<RecoveryProof>.Pending();
        }

        return new StrategyResult<RecoveryProof>.Completed(new(identity, Proof(), codes.Claim(secret!)) { Address = address is null ? null : (address.Via, address.Value) });
    }

    /// <summary>A code that an administrator hands over: nothing is sent, and no address is proven by it.</summary>
    public IssuedRecovery Issue(RecoveryFlow flow, Identity identity)
    {
        var code = OneTimeCodes.New();
        flow.State = FlowState.SentEmail;
        CodeNodes.Show(flow.Ui, Code(), CodeNodes.Submit);
        var now = clock.GetUtcNow();
        var secret = new OneTimeSecret
        {
            Id = Guid.CreateVersion7(now),
            Purpose = Purpose,
            Mac = keys.Mac(Purpose, OneTimeCodes.Scoped(flow, code)),
            FlowId = flow.Id,
            IdentityId = identity.Id,
            IssuedAt = now,
            ExpiresAt = flow.ExpiresAt,
        };
        return new(code, (scope, token) => scope.Secrets.InsertAsync(secret, token));
    }

    private static MethodId CodeId { get; } = new("code");

    private AuthenticationMethod Proof() => new() { Method = "code_recovery", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = clock.GetUtcNow() };
}
