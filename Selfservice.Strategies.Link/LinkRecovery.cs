using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Recovery;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Submissions;
using Selfservice.Wire;

namespace Selfservice.Strategies.Link;

/// <summary>Recovery by a link: the address, then the link that was sent there.</summary>
internal sealed class LinkRecovery(OneTimeLinks links, IOptions<SelfserviceOptions> options, IStore store, MessageOutbox outbox, TimeProvider clock)
{
    private const string Purpose = "recovery_link";

    public async ValueTask<StrategyResult<RecoveryProof>> SubmitAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Submission.Text(LinkStrategy.TokenField) is { } token)
            return await RedeemAsync(submission.Flow, token, cancellationToken).ConfigureAwait(false);
        if (TransientPayload.Read(submission.Submission, out var fault) is null && fault is not null)
            return new StrategyResult<RecoveryProof>.Rejected(fault);
        if (submission.Submission.Text("email") is not { } email)
            return new StrategyResult<RecoveryProof>.Rejected(new FieldMessage("email", FlowMessages.Missing("email")));
        if (!EmailAddresses.IsValid(email))
            return new StrategyResult<RecoveryProof>.Rejected(new FieldMessage("email", ValidationMessages.Email(email)));
        return await SendAsync(submission, email, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StrategyResult<RecoveryProof>> SendAsync(RecoverySubmission submission, string email, CancellationToken cancellationToken)
    {
        var (flow, client) = (submission.Flow, submission.Client);
        IReadOnlyCollection<string> values = [email, IdentifierNormalizer.Normalize(email)];
        var found = await store.ReadAsync((scope, stop) => scope.Identities.FindByRecoveryAddressAsync(values, stop), cancellationToken).ConfigureAwait(false);
        var identity = found.Count > 0 ? found[0] : null;
        var address = identity?.RecoveryAddresses.FirstOrDefault(a => values.Contains(a.Value))?.Value ?? email;

        // Known or not, the same is done: a token is made, a message is written, the flow goes on; only what nobody may get is left out at the end.
        var token = OneTimeLinks.NewToken();
        var isKnown = identity is not null && (identity.State == IdentityState.Active || options.Value.Flows.Recovery.SendToInactiveIdentities);
        var variables = links.Variables("recovery_url", Url(client, flow, token), flow, identity is null ? [] : WireWriter.ToObject(identity, client.PublicUrl), TransientPayload.Read(submission.Submission, out _));
        var template = isKnown ? CourierTemplate.RecoveryValid : CourierTemplate.RecoveryInvalid;
        var message = await outbox.ComposeAsync(new() { Template = template, Channel = MessageChannel.Email, Recipient = address, Data = variables }, cancellationToken).ConfigureAwait(false);
        var isSent = isKnown || (identity is null && options.Value.Flows.Recovery.NotifyUnknownRecipients);
        var secret = links.Secret(Purpose, flow, address, token, isKnown ? identity!.Id : null);

        flow.State = FlowState.SentEmail;
        flow.Active = new("link");
        LinkNodes.Show(flow, email);
        flow.Ui.AddMessage(LinkMessages.RecoverySent);
        return new StrategyResult<RecoveryProof>.Pending(links.Issue(secret, message, isSent, client));
    }

    private async ValueTask<StrategyResult<RecoveryProof>> RedeemAsync(RecoveryFlow flow, string token, CancellationToken cancellationToken)
    {
        var secret = await links.FindAsync(Purpose, flow, token, cancellationToken).ConfigureAwait(false);
        if (secret is null)
            return new StrategyResult<RecoveryProof>.Restart(LinkMessages.RecoveryInvalid);
        if (links.IsExpired(secret))
            return new StrategyResult<RecoveryProof>.Expired(secret.ExpiresAt);
        var identity = await store.ReadAsync((scope, stop) => scope.Identities.FindAsync(secret.IdentityId!.Value, withCredentials: true, stop), cancellationToken).ConfigureAwait(false);
        var address = identity?.RecoveryAddresses.FirstOrDefault(a => a.Value == secret.Subject);
        // An address that was taken off the account meanwhile opens it no more: that may be why it was taken off. A link of an administrator has no address.
        if (identity is null || (address is null && secret.Subject.Length > 0))
            return new StrategyResult<RecoveryProof>.Restart(LinkMessages.RecoveryInvalid);
        return new StrategyResult<RecoveryProof>.Completed(new(identity, Proof(), links.Claim(secret)) { Address = address is null ? null : (address.Via, address.Value) });
    }

    /// <summary>A link that an administrator hands over: nothing is sent, and no address is proven by it.</summary>
    public IssuedRecovery Issue(RecoveryFlow flow, Identity identity)
    {
        LinkNodes.Show(flow);
        var token = OneTimeLinks.NewToken();
        var secret = links.Secret(Purpose, flow, "", token, identity.Id, flow.ExpiresAt);
        return new(token, (scope, stop) => scope.Secrets.InsertAsync(secret, stop));
    }

    private static string Url(ClientContext client, RecoveryFlow flow, string token) => $"{client.PublicUrl}/self-service/recovery?flow={flow.Id}&token={token}";

    private AuthenticationMethod Proof() => new() { Method = "link_recovery", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = clock.GetUtcNow() };
}
