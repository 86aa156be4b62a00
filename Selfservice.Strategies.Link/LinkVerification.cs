using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Schemas;
using Selfservice.Storage;
using Selfservice.Submissions;
using Selfservice.Verification;
using Selfservice.Wire;

namespace Selfservice.Strategies.Link;

/// <summary>Verification by a link: the address, then the link that was sent there.</summary>
internal sealed class LinkVerification(OneTimeLinks links, IOptions<SelfserviceOptions> options, IStore store, MessageOutbox outbox, TimeProvider clock)
{
    private const string Purpose = "verification_link";
    private const string Via = "email";

    public async ValueTask<StoreWork> ChallengeAsync(VerificationChallenge challenge, CancellationToken cancellationToken)
    {
        ShowSent(challenge.Flow, challenge.Address.Value);
        return await PrepareAsync(challenge.Flow, challenge.Identity, challenge.Address, challenge.Client, challenge.IsDecoy, transientPayload: null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<StrategyResult<AddressProof>> SubmitAsync(VerificationSubmission submission, CancellationToken cancellationToken)
    {
        var (flow, sent) = (submission.Flow, submission.Submission);
        if (sent.Text(LinkStrategy.TokenField) is { } token)
            return await RedeemAsync(flow, token, cancellationToken).ConfigureAwait(false);
        var payload = TransientPayload.Read(sent, out var fault);
        if (fault is not null)
            return new StrategyResult<AddressProof>.Rejected(fault);
        if (sent.Text("email") is not { } email)
            return new StrategyResult<AddressProof>.Rejected(new FieldMessage("email", FlowMessages.Missing("email")));
        if (!EmailAddresses.IsValid(email))
            return new StrategyResult<AddressProof>.Rejected(new FieldMessage("email", ValidationMessages.Email(email)));

        var value = IdentifierNormalizer.Normalize(email);
        var identity = await store.ReadAsync((scope, stop) => scope.Identities.FindByVerifiableAddressAsync(Via, value, stop), cancellationToken).ConfigureAwait(false);
        var address = identity?.VerifiableAddresses.First(a => a.Via == Via && a.Value == value) ?? new VerifiableAddress { Id = Guid.Empty, Via = Via, Value = email };
        flow.State = FlowState.SentEmail;
        ShowSent(flow, email);
        return new StrategyResult<AddressProof>.Pending(await PrepareAsync(flow, identity, address, submission.Client, isDecoy: false, payload, cancellationToken).ConfigureAwait(false));
    }

    private static void ShowSent(VerificationFlow flow, string address)
    {
        LinkNodes.Show(flow, address);
        flow.Ui.AddMessage(LinkMessages.VerificationSent);
    }

    /// <summary>What is stored when an address was given. Known or not, the same is done, as in a recovery.</summary>
    private async ValueTask<StoreWork> PrepareAsync(
        VerificationFlow flow, Identity? identity, VerifiableAddress address, ClientContext client, bool isDecoy, JsonObject? transientPayload, CancellationToken cancellationToken)
    {
        var token = OneTimeLinks.NewToken();
        var isKnown = identity is not null && !isDecoy;
        var url = $"{client.PublicUrl}/self-service/verification?flow={flow.Id}&token={token}";
        var variables = links.Variables("verification_url", url, flow, identity is null ? [] : WireWriter.ToObject(identity, client.PublicUrl), transientPayload);
        var template = identity is null ? CourierTemplate.VerificationInvalid : CourierTemplate.VerificationValid;
        // A link cannot be sent to a phone; who has one there proves it by a code.
        var message = address.Via == Via
            ? await outbox.ComposeAsync(new() { Template = template, Channel = MessageChannel.Email, Recipient = address.Value, Data = variables }, cancellationToken).ConfigureAwait(false)
            : null;
        var isSent = isKnown || (identity is null && options.Value.Flows.Verification.NotifyUnknownRecipients);
        var secret = links.Secret(Purpose, flow, address.Value, token, isKnown ? identity!.Id : null);
        var issue = links.Issue(secret, message, isSent, client);
        return async (scope, stop) =>
        {
            await issue(scope, stop).ConfigureAwait(false);
            await scope.Identities.SetAddressStatusAsync(isKnown ? identity!.Id : Guid.Empty, address.Via, address.Value, VerificationStatus.Sent, clock.GetUtcNow(), stop).ConfigureAwait(false);
        };
    }

    private async ValueTask<StrategyResult<AddressProof>> RedeemAsync(VerificationFlow flow, string token, CancellationToken cancellationToken)
    {
        var secret = await links.FindAsync(Purpose, flow, token, cancellationToken).ConfigureAwait(false);
        if (secret is null)
            return new StrategyResult<AddressProof>.Restart(LinkMessages.VerificationInvalid);
        return links.IsExpired(secret)
            ? new StrategyResult<AddressProof>.Expired(secret.ExpiresAt)
            : new StrategyResult<AddressProof>.Completed(new(secret.IdentityId!.Value, Via, secret.Subject, links.Claim(secret)));
    }
}
