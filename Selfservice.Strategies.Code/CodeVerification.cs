using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Schemas;
using Selfservice.Storage;
using Selfservice.Submissions;
using Selfservice.Verification;
using Selfservice.Wire;

namespace Selfservice.Strategies.Code;

/// <summary>Verification in two steps: the address, then the code that was sent there. The message brings a link, too, whose page gives the code at the press of its button.</summary>
internal sealed class CodeVerification(OneTimeCodes codes, IOptions<SelfserviceOptions> options, IStore store, MessageOutbox outbox, TimeProvider clock)
{
    private const string Purpose = "verification_code";

    public static void Begin(VerificationFlow flow) => CodeNodes.Show(flow.Ui, [CodeNodes.Email, CodeNodes.Submit, .. Token(flow)]);

    public async ValueTask<StoreWork> ChallengeAsync(VerificationChallenge challenge, CancellationToken cancellationToken)
    {
        var (flow, address) = (challenge.Flow, challenge.Address);
        ShowCode(flow, CodeNodes.Resend(address.Via, address.Value));
        return await PrepareAsync(flow, challenge.Identity, address, challenge.Client, challenge.IsDecoy, transientPayload: null, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<StrategyResult<AddressProof>> SubmitAsync(VerificationSubmission submission, CancellationToken cancellationToken)
    {
        var sent = submission.Submission;
        if (sent.Method is not (null or "code" or "link"))
            return Rejected("method", FlowMessages.NotOneOf("code", "link"));
        if (TransientPayload.Read(sent, out var fault) is null && fault is not null)
            return Rejected(fault.Key, fault.Message);
        // What the mail's link carries is the code, too.
        if (sent.Text(CodeStrategy.LinkField) is { } followed)
            return FollowAsync(submission, followed, cancellationToken);
        if (sent.Text("code") is { } code)
            return RedeemAsync(submission, code, cancellationToken);
        // The resend button of a flow that began by itself is named after its channel.
        var (via, address) = sent.Text("email") is { } email ? (MessageChannel.Email, email) : (MessageChannel.Sms, sent.Text("sms"));
        if (address is null)
        {
            // In the contract the field is emptied, and a native client's form gets the place of a token, when nothing was sent.
            submission.Flow.Ui.SetValue("email", submission.Flow.State == FlowState.ChooseMethod ? JsonValue.Create("") : JsonValue.Create(OneTimeCodes.SentTo(submission.Flow)?.Split(':')[^1] ?? ""));
            submission.Flow.Ui.Nodes.Upsert(CsrfTokens.Node(submission.Flow));
            return Rejected("email", FlowMessages.Missing("email"));
        }

        if (via == MessageChannel.Email && !EmailAddresses.IsValid(address))
            return Rejected("email", ValidationMessages.Email(address));
        return SendAsync(submission, via, address, cancellationToken);
    }

    private static ValueTask<StrategyResult<AddressProof>> Rejected(string key, Message message) =>
        ValueTask.FromResult<StrategyResult<AddressProof>>(new StrategyResult<AddressProof>.Rejected(new FieldMessage(key, message)));

    private async ValueTask<StrategyResult<AddressProof>> SendAsync(VerificationSubmission submission, MessageChannel via, string typed, CancellationToken cancellationToken)
    {
        var (flow, client) = (submission.Flow, submission.Client);
        var value = IdentifierNormalizer.Normalize(typed);
        var identity = await store.ReadAsync((scope, token) => scope.Identities.FindByVerifiableAddressAsync(via.Name, value, token), cancellationToken).ConfigureAwait(false);
        var address = identity?.VerifiableAddresses.First(a => a.Via == via.Name && a.Value == value)
            ?? new VerifiableAddress { Id = Guid.Empty, Via = via.Name, Value = typed };
        flow.State = FlowState.SentEmail;
        ShowCode(flow, CodeNodes.Resend(via.Name, typed));
        var payload = TransientPayload.Read(submission.Submission, out _);
        return new StrategyResult<AddressProof>.Pending(await PrepareAsync(flow, identity, address, client, isDecoy: false, payload, cancellationToken).ConfigureAwait(false));
    }

    private static void ShowCode(VerificationFlow flow, UiNode resend)
    {
        var code = UiNode.Input(CodeNodes.Group, new() { Name = "code", Type = InputType.Text, Required = true }, CodeMessages.VerificationCode);
        CodeNodes.Show(flow.Ui, [CodeNodes.Method, code, CodeNodes.Submit, .. Token(flow), resend]);
        flow.Ui.AddMessage(CodeMessages.VerificationSent);
    }

    /// <summary>A native client's form has no place for a token here, unlike those of other flows.</summary>
    private static IEnumerable<UiNode> Token(VerificationFlow flow) => flow.ClientType == ClientType.Browser ? [CsrfTokens.Node(flow)] : [];

    /// <summary>What is stored when an address was given. Known or not, the same is done, as in a recovery.</summary>
    private async ValueTask<StoreWork> PrepareAsync(
        VerificationFlow flow, Identity? identity, VerifiableAddress address, ClientContext client, bool isDecoy, JsonObject? transientPayload, CancellationToken cancellationToken)
    {
        var code = OneTimeCodes.New();
        var channel = new MessageChannel(address.Via);
        var isKnown = identity is not null && !isDecoy;
        var variables = codes.Variables("verification_code", code, flow, identity is null ? [] : WireWriter.ToObject(identity, client.PublicUrl), transientPayload);
        variables["verification_url"] = $"{client.PublicUrl}/self-service/verification?code={code}&flow={flow.Id}";
        var template = identity is null && channel == MessageChannel.Email ? CourierTemplate.VerificationCodeInvalid : CourierTemplate.VerificationCodeValid;
        var message = await outbox.ComposeAsync(new() { Template = template, Channel = channel, Recipient = address.Value, Data = variables }, cancellationToken).ConfigureAwait(false);
        var isSent = isKnown || (identity is null && channel == MessageChannel.Email && options.Value.Flows.Verification.NotifyUnknownRecipients);
        var issue = codes.Issue(Purpose, flow, $"{address.Via}:{address.Value}", code, isKnown ? identity!.Id : null, message, isSent, client);
        return async (scope, token) =>
        {
            await issue(scope, token).ConfigureAwait(false);
            await scope.Identities.SetAddressStatusAsync(isKnown ? identity!.Id : Guid.Empty, address.Via, address.Value, VerificationStatus.Sent, clock.GetUtcNow(), token).ConfigureAwait(false);
        };
    }

    /// <summary>Somebody pressed the button of the page that the mail's link leads to. The form with the code's field may be another browser's, so there is no going on in it.</summary>
    private async ValueTask<StrategyResult<AddressProof>> FollowAsync(VerificationSubmission submission, string code, CancellationToken cancellationToken)
    {
        if (submission.Flow.CompletedAt is not null)
            return new StrategyResult<AddressProof>.Restart(VerificationMessages.AlreadyCompleted);
        var result = await RedeemAsync(submission, code, cancellationToken).ConfigureAwait(false);
        return result is StrategyResult<AddressProof>.Pending ? new StrategyResult<AddressProof>.Restart(CodeMessages.VerificationInvalid) : result;
    }

    private async ValueTask<StrategyResult<AddressProof>> RedeemAsync(VerificationSubmission submission, string code, CancellationToken cancellationToken)
    {
        var flow = submission.Flow;
        var (verdict, secret) = await codes.CheckAsync(Purpose, flow, code, cancellationToken).ConfigureAwait(false);
        switch (verdict)
        {
            case CodeVerdict.Right:
                var colon = secret!.Subject.IndexOf(':', StringComparison.Ordinal);
                return new StrategyResult<AddressProof>.Completed(new(secret.IdentityId!.Value, secret.Subject[..colon], secret.Subject[(colon + 1)..], codes.Claim(secret)));
            case CodeVerdict.Expired:
                return new StrategyResult<AddressProof>.Expired(secret!.ExpiresAt);
            case CodeVerdict.TooOften:
                return new StrategyResult<AddressProof>.Restart(CodeMessages.TooOften);
            case CodeVerdict.Wrong:
                flow.Ui.AddMessage(CodeMessages.VerificationInvalid);
                return new StrategyResult<AddressProof>.Pending();
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
