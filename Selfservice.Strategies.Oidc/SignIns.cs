using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Selfservice.Flows;
using Selfservice.Login;
using Selfservice.Secrets;
using Selfservice.Storage;
using Selfservice.Strategies.Oidc.Protocol;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Submissions;

namespace Selfservice.Strategies.Oidc;

/// <summary>How a sign-in at a provider begins: where the browser goes and what is stored until it comes back.</summary>
internal sealed record BegunSignIn(string Location, StoreWork Work, string ContinuityToken);

/// <summary>
/// Sends browsers to providers and takes them back. The state that goes along is a random one-time secret: it finds the flow, works once, and only for the browser that left (by its
/// continuity cookie) or the native client that waits (by its exchange code). Everything else stays here.
/// </summary>
internal sealed class SignIns(ProviderCatalog providers, SecretSealer sealer, OneTimeSecretKeys keys, IStore store, TimeProvider clock)
{
    private const string Purpose = "oidc_state";
    private const string Member = "oidc";
    private static readonly TimeSpan Lifespan = TimeSpan.FromMinutes(30);

    /// <summary>Begins a sign-in.</summary>
    /// <param name="provider">Where.</param>
    /// <param name="flow">The flow that it is for.</param>
    /// <param name="submission">What was submitted.</param>
    /// <param name="client">Who submitted it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<ProviderResult<BegunSignIn>> BeginAsync(Provider provider, Flow flow, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        if (UpstreamParameters.Read(submission) is not { } upstream)
            return new ProviderResult<BegunSignIn>.Failure(UpstreamParameters.Malformed);
        var (state, nonce, verifier, continuity) = (NewToken(), NewToken(), NewToken(), NewToken());
        var redirectUri = provider.RedirectUri(client.PublicUrl);
        var request = new AuthorizationRequest(state, nonce, verifier, redirectUri, flow is LoginFlow { Refresh: true }, upstream);
        switch (await provider.StartAsync(request, cancellationToken).ConfigureAwait(false))
        {
            case ProviderResult<AuthorizationStart>.Failure failure:
                return new ProviderResult<BegunSignIn>.Failure(failure.Error);
            case ProviderResult<AuthorizationStart>.Success { Value: var start }:
                var now = clock.GetUtcNow();
                var secret = new OneTimeSecret
                {
                    Id = Guid.CreateVersion7(now),
                    Purpose = Purpose,
                    Mac = keys.Mac(Purpose, state),
                    FlowId = flow.Id,
                    Subject = $"{flow.Kind}:{provider.Id}",
                    IssuedAt = now,
                    ExpiresAt = now + Lifespan,
                };
                var pending = new PendingSignIn
                {
                    StateId = secret.Id,
                    StateHash = Hash(state),
                    ContinuityHash = Hash(continuity),
                    Provider = provider.Id,
                    Nonce = nonce,
                    CodeVerifier = verifier,
                    RedirectUri = redirectUri,
                    Keep = start.Keep,
                    ExpiresAt = secret.ExpiresAt,
                };
                flow.Context[Member] = sealer.Seal(Purpose, flow.Id.ToString(), pending.ToText());
                return new ProviderResult<BegunSignIn>.Success(new(start.Location, (scope, token) => scope.Secrets.InsertAsync(secret, token), continuity));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The flow that a state was made for.</summary>
    public async ValueTask<CallbackTarget> FindFlowAsync(Callback callback, CancellationToken cancellationToken)
    {
        if (callback.Text("state") is not { } state)
            return new CallbackTarget.Refused(CallbackErrors.StateMissing);
        if (state.Length > 128 || await FindSecretAsync(state, cancellationToken).ConfigureAwait(false) is not { FlowId: { } flowId } secret)
            return new CallbackTarget.Refused(CallbackErrors.StateUnknown);
        var colon = secret.Subject.IndexOf(':', StringComparison.Ordinal);
        return callback.Source is { } source && source != secret.Subject[(colon + 1)..]
            ? new CallbackTarget.Refused(CallbackErrors.ProviderMismatch)
            : new CallbackTarget.Found(new(secret.Subject[..colon]), flowId);
    }

    private Task<OneTimeSecret?> FindSecretAsync(string state, CancellationToken cancellationToken) => store.ReadAsync(
        async (scope, token) =>
        {
            foreach (var mac in keys.Macs(Purpose, state))
                if (await scope.Secrets.FindAsync(Purpose, mac, token).ConfigureAwait(false) is { } secret)
                    return secret;
            return null;
        },
        cancellationToken);

    /// <summary>Whether this browser is the one that left with this state, and brings a code.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="callback">What came back.</param>
    /// <param name="client">Who brings it.</param>
    /// <param name="provider">The provider's id, where the flow knows of one.</param>
    public GuardVerdict Check(Flow flow, Callback callback, ClientContext client, out string? provider)
    {
        var pending = Find(flow);
        provider = pending?.Provider;
        if (pending is null || pending.ExpiresAt <= clock.GetUtcNow())
            return new GuardVerdict.Refuse(CallbackErrors.NotSentAway);
        var isState = IsHashOf(pending.StateHash, callback.Text("state") ?? "");
        if (flow is EntryFlow { ClientType: ClientType.Api, ExchangeFlowId: not null })
        {
            if (!isState)
                return new GuardVerdict.Refuse(CallbackErrors.StateOfAnotherCode);
        }
        else if (client.ContinuityToken is not { } token)
            return new GuardVerdict.Refuse(CallbackErrors.NotSentAway);
        else if (!IsHashOf(pending.ContinuityHash, token) || !isState)
            return new GuardVerdict.Refuse(CallbackErrors.StateOfAnotherStart);

        return callback.Text("error") is { } error ? new GuardVerdict.Explain(FlowMessages.Generic(CallbackErrors.ProviderRefused(error, callback.Text("error_description"))))
            : CodeOf(callback) is null ? new GuardVerdict.Explain(FlowMessages.Generic(CallbackErrors.CodeMissing))
            : new GuardVerdict.Pass();
    }

    /// <summary>Redeems what a browser brought back, once.</summary>
    public async ValueTask<ProviderResult<ProvenAccount>> RedeemAsync(Flow flow, Callback callback)
    {
        // It was looked at by Check in this very request.
        var pending = Find(flow)!;
        if (providers.Find(pending.Provider) is not { } provider)
            return new ProviderResult<ProvenAccount>.Failure(CallbackErrors.UnknownProvider(pending.Provider));
        // Of parallel callbacks exactly one goes on; what follows is not repeated, whatever becomes of it.
        if (!await store.WriteAsync((scope, token) => scope.Secrets.ConsumeAsync(pending.StateId, clock.GetUtcNow(), token), CancellationToken.None).ConfigureAwait(false))
            return new ProviderResult<ProvenAccount>.Failure(OidcErrors.CodeRefused);
        var response = new AuthorizationResponse(CodeOf(callback)!, pending.Nonce, pending.CodeVerifier, pending.RedirectUri, pending.Keep, callback.Parameters);
        return await provider.RedeemAsync(response, CancellationToken.None).ConfigureAwait(false) switch
        {
            ProviderResult<ProviderGrant>.Success { Value: var grant } => new ProviderResult<ProvenAccount>.Success(new(provider, grant.Claims, grant.Tokens)),
            ProviderResult<ProviderGrant>.Failure failure => new ProviderResult<ProvenAccount>.Failure(failure.Error),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private PendingSignIn? Find(Flow flow) =>
        sealer.Open(Purpose, flow.Id.ToString(), (string?)flow.Context[Member] ?? "") is { } text ? PendingSignIn.Parse(text) : null;

    /// <summary>One kind of provider has a name of its own for it.</summary>
    private static string? CodeOf(Callback callback) => callback.Text("code") ?? callback.Text("authCode");

    /// <summary>43 characters of 64 hold 256 bits; also a code verifier as RFC 7636, 4.1 wants it.</summary>
    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static bool IsHashOf(string hash, string token) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(token)));
}
