using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Secrets;
using Selfservice.Storage;

namespace Selfservice.Strategies.Code;

/// <summary>What became of a code that somebody sent.</summary>
internal enum CodeVerdict
{
    /// <summary>It is the flow's, and open.</summary>
    Right,

    /// <summary>It is not the flow's, or was used or replaced.</summary>
    Wrong,

    /// <summary>It was the flow's, and its time is over.</summary>
    Expired,

    /// <summary>Nothing was looked at: too many were tried in this flow, or for this address.</summary>
    TooOften,
}

/// <summary>
/// Issues and checks codes. A code works in the flow that it was issued for, once. How many may be tried is counted before anything is compared, per flow and per address, and sending another code
/// resets neither: else everybody could guess on for as long as they like.
/// </summary>
internal sealed class OneTimeCodes(IOptions<CodeOptions> options, IStore store, OneTimeSecretKeys keys, MessageOutbox outbox, TimeProvider clock)
{
    /// <summary>The digits of a code.</summary>
    public const int Length = 6;

    private const string Member = "code_sent_to";
    private static readonly TimeSpan AddressWindow = TimeSpan.FromHours(1);

    public static string New() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Where the flow's last code went, or would have gone; null before there was one.</summary>
    public static string? SentTo(Flow flow) => (string?)flow.Context[Member];

    /// <summary>What is stored when a code is issued: the new one in place of the flow's earlier ones, and the message that carries it.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="flow">The flow that it works in.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="code">The code.</param>
    /// <param name="identityId">Whose account it opens; null when it opens none.</param>
    /// <param name="message">The message; null when none can reach the address.</param>
    /// <param name="isSent">Whether the message leaves. Where it does not, all else is done as if it did: the time of the answer must not tell who has an account.</param>
    /// <param name="client">Who asked for it.</param>
    public StoreWork Issue(string purpose, Flow flow, string address, string code, Guid? identityId, CourierMessage? message, bool isSent, ClientContext client)
    {
        flow.Context[Member] = address;
        var now = clock.GetUtcNow();
        var secret = new OneTimeSecret
        {
            Id = Guid.CreateVersion7(now),
            Purpose = purpose,
            Mac = keys.Mac(purpose, Scoped(flow, code)),
            FlowId = flow.Id,
            IdentityId = identityId,
            Subject = address,
            IssuedAt = now,
            ExpiresAt = now + options.Value.Config.Lifespan,
        };
        return async (scope, token) =>
        {
            await scope.Secrets.RevokeByFlowAsync(purpose, flow.Id, now, token).ConfigureAwait(false);
            if (message is null)
                return;
            // A code that could not be tried any more is not sent.
            foreach (var budget in options.Value.Config.SendUselessCodes ? [] : Budgets(purpose, flow))
                if (await scope.Budgets.CountLeftAsync(budget, now, token).ConfigureAwait(false) == 0)
                    return;
            if (await outbox.AddAsync(scope, message, client, isSent, token).ConfigureAwait(false))
                await scope.Secrets.InsertAsync(secret, token).ConfigureAwait(false);
        };
    }

    /// <summary>Checks a code. Every call counts, right or wrong.</summary>
    public async ValueTask<(CodeVerdict Verdict, OneTimeSecret? Secret)> CheckAsync(string purpose, Flow flow, string code, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var mayTry = await store.WriteAsync(
            async (scope, token) =>
            {
                foreach (var budget in Budgets(purpose, flow))
                    if (!await scope.Budgets.TryTakeAsync(budget, now, token).ConfigureAwait(false))
                        return false;
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (!mayTry)
            return (CodeVerdict.TooOften, null);
        // The code itself is never compared: only who has the host's key could make its keyed hash.
        foreach (var mac in keys.Macs(purpose, Scoped(flow, code)))
        {
            var secret = await store.ReadAsync((scope, token) => scope.Secrets.FindAsync(purpose, mac, token), cancellationToken).ConfigureAwait(false);
            // Tries are counted for the address that the flow names; a code for another one, which parallel requests could bring about, does not count.
            if (secret is { UsedAt: null, IdentityId: not null } && secret.FlowId == flow.Id && secret.Subject == (SentTo(flow) ?? ""))
                return (secret.ExpiresAt > now ? CodeVerdict.Right : CodeVerdict.Expired, secret);
        }

        return (CodeVerdict.Wrong, null);
    }

    /// <summary>Uses up a code in the transaction of what it proves.</summary>
    public StoreClaim Claim(OneTimeSecret secret) => (scope, token) => scope.Secrets.ConsumeAsync(secret.Id, clock.GetUtcNow(), token);

    /// <summary>The variables that every message with a code has.</summary>
    public JsonObject Variables(string member, string code, Flow flow, JsonObject identity, JsonObject? transientPayload) => new()
    {
        [member] = code,
        ["identity"] = identity,
        ["request_url"] = flow.RequestUrl,
        ["request_url_domain"] = Uri.TryCreate(flow.RequestUrl, UriKind.Absolute, out var url) ? url.Host : "",
        ["expires_in_minutes"] = (int)options.Value.Config.Lifespan.TotalMinutes,
        ["transient_payload"] = transientPayload?.DeepClone() ?? new JsonObject(),
    };

    private IEnumerable<Budget> Budgets(string purpose, Flow flow)
    {
        var config = options.Value.Config;
        yield return new($"{purpose}_tries_in", flow.Id.ToString(), config.MaxSubmissions, flow.ExpiresAt - flow.IssuedAt + TimeSpan.FromHours(1));
        if (SentTo(flow) is { } address)
            yield return new($"{purpose}_tries_for", address, config.MaxSubmissionsPerAddress, AddressWindow);
    }

    /// <summary>Codes are few: the same one in two flows must not be the same secret.</summary>
    public static string Scoped(Flow flow, string code) => $"{flow.Id}\0{code}";
}
