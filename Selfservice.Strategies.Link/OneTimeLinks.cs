using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Secrets;
using Selfservice.Storage;

namespace Selfservice.Strategies.Link;

/// <summary>Issues and finds links. A link works in the flow that it was issued for, once; several of one flow stand side by side. 32 letters and digits cannot be guessed, so no attempts are counted.</summary>
internal sealed class OneTimeLinks(IOptions<LinkOptions> options, IStore store, OneTimeSecretKeys keys, MessageOutbox outbox, TimeProvider clock)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 32;

    public static string NewToken() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The secret that a link is kept as.</summary>
    public OneTimeSecret Secret(string purpose, Flow flow, string subject, string token, Guid? identityId, DateTimeOffset? expiresAt = null)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Purpose = purpose,
            Mac = keys.Mac(purpose, token),
            FlowId = flow.Id,
            IdentityId = identityId,
            Subject = subject,
            IssuedAt = now,
            ExpiresAt = expiresAt ?? now + options.Value.Config.Lifespan,
        };
    }

    /// <summary>What is stored when a link is issued. A link whose message may not leave is not kept.</summary>
    /// <param name="secret">The link.</param>
    /// <param name="message">The message; null when none can reach the address.</param>
    /// <param name="isSent">Whether the message leaves. Where it does not, all else is done as if it did: the time of the answer must not tell who has an account.</param>
    /// <param name="client">Who asked for it.</param>
    public StoreWork Issue(OneTimeSecret secret, CourierMessage? message, bool isSent, ClientContext client) => async (scope, stop) =>
    {
        if (message is not null && await outbox.AddAsync(scope, message, client, isSent, stop).ConfigureAwait(false))
            await scope.Secrets.InsertAsync(secret, stop).ConfigureAwait(false);
    };

    /// <summary>The flow's open link with this token, expired ones too; null without one.</summary>
    public async ValueTask<OneTimeSecret?> FindAsync(string purpose, Flow flow, string token, CancellationToken cancellationToken)
    {
        foreach (var mac in keys.Macs(purpose, token))
        {
            var secret = await store.ReadAsync((scope, stop) => scope.Secrets.FindAsync(purpose, mac, stop), cancellationToken).ConfigureAwait(false);
            if (secret is { UsedAt: null, IdentityId: not null } && secret.FlowId == flow.Id)
                return secret;
        }

        return null;
    }

    public bool IsExpired(OneTimeSecret secret) => secret.ExpiresAt <= clock.GetUtcNow();

    /// <summary>Uses up a link in the transaction of what it proves.</summary>
    public StoreClaim Claim(OneTimeSecret secret) => (scope, stop) => scope.Secrets.ConsumeAsync(secret.Id, clock.GetUtcNow(), stop);

    /// <summary>The variables that every message with a link has.</summary>
    public JsonObject Variables(string member, string url, Flow flow, JsonObject identity, JsonObject? transientPayload) => new()
    {
        [member] = url,
        ["identity"] = identity,
        ["request_url"] = flow.RequestUrl,
        ["expires_in_minutes"] = (int)options.Value.Config.Lifespan.TotalMinutes,
        ["transient_payload"] = transientPayload?.DeepClone() ?? new JsonObject(),
    };
}
