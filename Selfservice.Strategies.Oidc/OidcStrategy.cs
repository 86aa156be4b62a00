using System.Text.Json;
using Microsoft.Extensions.Options;
using Selfservice.Administration;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Registration;
using Selfservice.Sessions;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Submissions;

namespace Selfservice.Strategies.Oidc;

/// <summary>Signs people in and up by their accounts at providers, and links such accounts. The subject at the provider is the only key: an address never finds an account.</summary>
internal sealed partial class OidcStrategy(
    IOptions<OidcOptions> options, IOptions<SelfserviceOptions> shared, ProviderCatalog catalog, SignIns signIns, ProviderTokenSeal seal, IdentityFactory identities, IStore store,
    FirstFactors factors, TimeProvider clock)
    : ILinkingStrategy, IRegistrationStrategy, ISettingsStrategy, ICallbackStrategy, ICredentialStrategy, ICredentialImporter, IProviderNames
{
    public MethodId Id { get; } = new("oidc");

    public bool IsEnabled => options.Value.Enabled;

    public int NodeOrder => 0;

    public int NodeOrderIn(FlowKind kind) => kind == FlowKind.Settings ? 700 : NodeOrder;

    public CredentialType CredentialType => OidcCredential.Type;

    public bool TakesQuery => options.Value.Config.InsecureAllowStartWithoutCsrfToken;

    /// <summary>The providers that everybody may use, by their ids: an organization's are for its own people.</summary>
    private Provider[] Offered => [.. catalog.All.Where(p => p.OrganizationId is null).OrderBy(p => p.Id, StringComparer.Ordinal)];

    public Claim Claims(Submission submission)
    {
        var isNamed = submission.Method is null || submission.Method.Equals(Id.Name, StringComparison.OrdinalIgnoreCase);
        if (!isNamed || (submission.Text("provider") ?? submission.Text("link") ?? submission.Text("unlink")) is null)
            return Claim.None;
        // An ID token signs in at once: that needs its token whatever the host allows.
        var isStart = submission.Text("id_token") is null;
        return isStart && options.Value.Config.InsecureAllowStartWithoutCsrfToken ? Claim.Leave : Claim.Submit;
    }

    public int CountFirstFactors(Credential credential) => OidcCredential.Usable(credential).Count(a => catalog.Find(a.Provider) is not null);

    public IReadOnlyList<string> ProvidersOf(Credential credential) => [.. OidcCredential.Usable(credential).Select(a => a.Provider)];

    public IReadOnlyDictionary<string, string> ProviderNames => catalog.All.ToDictionary(p => p.Id, p => p.Label, StringComparer.Ordinal);

    public ValueTask<CallbackTarget> FindFlowAsync(Callback callback, CancellationToken cancellationToken) => signIns.FindFlowAsync(callback, cancellationToken);

    public GuardVerdict Check(Flow flow, Callback callback, ClientContext client)
    {
        var verdict = signIns.Check(flow, callback, client, out var id);
        if (verdict is GuardVerdict.Explain && flow is RegistrationFlow registration && catalog.Find(id!) is { } provider)
            OidcNodes.Reduce(registration, provider);
        return verdict;
    }

    /// <summary>Sends the browser to a provider.</summary>
    private async ValueTask<StrategyResult<T>> BeginAsync<T>(string providerId, Flow flow, Submission submission, ClientContext client, CancellationToken cancellationToken)
    {
        if (catalog.Find(providerId) is not { } provider)
            return new StrategyResult<T>.Failed(CallbackErrors.UnknownProvider(providerId));
        return await signIns.BeginAsync(provider, flow, submission, client, cancellationToken).ConfigureAwait(false) switch
        {
            ProviderResult<BegunSignIn>.Success { Value: var begun } => new StrategyResult<T>.External(begun.Location, begun.Work) { ContinuityToken = begun.ContinuityToken },
            ProviderResult<BegunSignIn>.Failure failure => Refused<T>(failure.Error),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The account that was proven: just now by a callback or an ID token, or in the flow that this one came of; null when the browser has to go to the provider first.</summary>
    private async ValueTask<ProviderResult<ProvenAccount>?> ProveAsync(Flow flow, Submission submission, Callback? callback, object? proof, CancellationToken cancellationToken)
    {
        if (proof is ProvenAccount known)
            return new ProviderResult<ProvenAccount>.Success(known);
        if (callback is not null)
            return await signIns.RedeemAsync(flow, callback).ConfigureAwait(false);
        if (submission.Text("id_token") is not { } idToken)
            return null;
        var id = submission.Text("provider")!;
        if (catalog.Find(id) is not { } provider)
            return new ProviderResult<ProvenAccount>.Failure(CallbackErrors.UnknownProvider(id));
        return await provider.VerifyIdTokenAsync(idToken, submission.Text("id_token_nonce"), cancellationToken).ConfigureAwait(false) switch
        {
            ProviderResult<ProviderClaims>.Success { Value: var claims } => new ProviderResult<ProvenAccount>.Success(new(provider, claims, Tokens: null)),
            ProviderResult<ProviderClaims>.Failure failure => new ProviderResult<ProvenAccount>.Failure(failure.Error),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Task<Identity?> FindOwnerAsync(ProvenAccount account, CancellationToken cancellationToken) =>
        store.ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(OidcCredential.Type, account.Identifier, token), cancellationToken);

    /// <summary>What the person can mend is said in the form, anything else ends in an error.</summary>
    private static StrategyResult<T> Refused<T>(ErrorObject error) => error is { Code: 400, Reason: { } reason }
        ? new StrategyResult<T>.Rejected(new FieldMessage("", FlowMessages.Generic(reason)))
        : new StrategyResult<T>.Failed(error);

    private AuthenticationMethod Proof(string provider, string? organization) =>
        new() { Method = Id.Name, Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = clock.GetUtcNow(), Provider = provider, Organization = organization };

    public ValueTask<(Credential? Credential, string? Fault)> ImportAsync(JsonElement config, Credential before, CancellationToken cancellationToken) => ValueTask.FromResult(Import(config, before));

    private (Credential? Credential, string? Fault) Import(JsonElement config, Credential before)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty("providers", out var providers) || providers.ValueKind != JsonValueKind.Array)
            return (null, "The oidc credential's config must be an object with an array providers.");
        var accounts = OidcCredential.Accounts(before).ToList();
        foreach (var item in providers.EnumerateArray())
        {
            var account = item.ValueKind == JsonValueKind.Object ? LinkedAccount.Read(item) : new("", "");
            if (account.Provider.Length == 0 || account.Subject.Length == 0)
                return (null, "Each of the oidc credential's providers needs a provider and a subject.");
            accounts.RemoveAll(a => a.Provider == account.Provider && a.Subject == account.Subject);
            accounts.Add(seal.Seal(account, new(account.IdToken, account.AccessToken, account.RefreshToken)) with { Organization = account.Organization });
        }

        return (OidcCredential.With(before, accounts), null);
    }

    public (Credential? Credential, ErrorObject? Error) Remove(Credential credential, string? identifier)
    {
        if (identifier is null)
            return (null, ErrorObject.BadRequest("You must provide an identifier to delete this credential."));
        var accounts = OidcCredential.Accounts(credential);
        return accounts.Any(a => OidcCredential.Identifier(a.Provider, a.Subject) == identifier)
            ? (OidcCredential.With(credential, [.. accounts.Where(a => OidcCredential.Identifier(a.Provider, a.Subject) != identifier)]), null)
            : (null, ErrorObject.NotFound($"The identifier `{identifier}` was not found among OIDC credentials."));
    }

    public JsonElement Export(Credential credential) =>
        OidcCredential.With(credential, [.. OidcCredential.Accounts(credential).Select(seal.Open)]).Config;
}
