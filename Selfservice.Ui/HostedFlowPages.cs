using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selfservice.Flows;
using Selfservice.Hosting.Pages;
using Selfservice.Login;
using Selfservice.Sessions;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Ui.Account;

namespace Selfservice.Ui;

/// <summary>What the pages show, from the engine in the same process.</summary>
internal sealed class HostedFlowPages(BrowserRequests browser, IStore store, SessionRevoker revoker, IEnumerable<IStrategy> strategies, TimeProvider clock) : IFlowPages
{
    private const int MaximumSessions = 100;

    private readonly IStrategy[] _methods = [.. strategies.Where(s => s.IsEnabled)];

    public IReadOnlyDictionary<string, string> ProviderNames { get; } =
        strategies.Where(s => s.IsEnabled).OfType<IProviderNames>().SelectMany(m => m.ProviderNames).DistinctBy(n => n.Key).ToDictionary(StringComparer.Ordinal);

    public async ValueTask<FlowPageResult> FindFlowAsync(HttpContext context, FlowKind kind, string? flowId)
    {
        if (!Guid.TryParseExact(flowId, "D", out var id) || await FindShownAsync(context, kind, id).ConfigureAwait(false) is not { } flow)
            return new FlowPageResult.Redirect(browser.StartUrl(context, kind));
        return new FlowPageResult.Found(flow.Ui, new()
        {
            Kind = kind,
            Refresh = flow is LoginFlow { Refresh: true },
            RequestedAal = flow is LoginFlow login ? login.RequestedAal : AuthenticatorAssuranceLevel.Aal1,
            ReturnTo = flow.ReturnTo,
            State = flow.State.Name,
            ResultOf = flow is SettingsFlow settings ? SettingsSection.Of(settings) : null,
            ExpiresAt = flow.ExpiresAt,
            LinksAccount = (flow as LoginFlow)?.LinksAccount ?? false,
            ProviderNames = ProviderNames,
            LinkedProviders = flow is SettingsFlow { IdentityId: var owner } ? await FindProvidersAsync(owner, context.RequestAborted).ConfigureAwait(false) : [],
        });
    }

    private async ValueTask<IReadOnlyList<string>> FindProvidersAsync(Guid identityId, CancellationToken cancellationToken)
    {
        var methods = _methods.OfType<ICredentialStrategy>().Where(m => m is IProviderNames).ToList();
        if (methods.Count == 0 || await store.ReadAsync((scope, token) => scope.Identities.FindAsync(identityId, withCredentials: true, token), cancellationToken).ConfigureAwait(false) is not { } identity)
            return [];
        return [.. methods.SelectMany(m => identity.Credential(m.CredentialType) is { } credential ? m.ProvidersOf(credential) : []).Distinct(StringComparer.Ordinal)];
    }

    private async ValueTask<Flow?> FindShownAsync(HttpContext context, FlowKind kind, Guid id)
    {
        var flow = await browser.FindFlowAsync(context, kind, id).ConfigureAwait(false);
        // A sign-in that is over has nothing to say; other flows say what they came to.
        return flow is EntryFlow { CompletedAt: not null } ? null : flow;
    }

    public async ValueTask<ErrorPageInfo?> FindErrorAsync(HttpContext context, string? id)
    {
        var record = Guid.TryParseExact(id, "D", out var guid) ? await store.ReadAsync((scope, token) => scope.Errors.FindAsync(guid, token), context.RequestAborted).ConfigureAwait(false) : null;
        if (record is null)
            return null;
        using var document = JsonDocument.Parse(record.Document);
        var error = document.RootElement;
        return new() { Code = error.GetProperty("code").GetInt32(), Id = Text("id"), Reason = Text("reason"), Message = Text("message") ?? "" };

        string? Text(string name) => error.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    public ValueTask<Session?> FindSessionAsync(HttpContext context) => browser.FindSessionAsync(context);

    public ValueTask<bool> NeedsSecondFactorAsync(HttpContext context) => browser.NeedsSecondFactorAsync(context);

    public async ValueTask<IReadOnlyList<Session>> ListOtherSessionsAsync(HttpContext context)
    {
        if (await FindSessionAsync(context).ConfigureAwait(false) is not { } own)
            return [];
        var now = clock.GetUtcNow();
        return (await store.ReadAsync((scope, token) => scope.Sessions.ListAsync(own.IdentityId, now, own.Id, 0, MaximumSessions, token), context.RequestAborted).ConfigureAwait(false)).Items;
    }

    public ValueTask<string?> CreateLogoutUrlAsync(HttpContext context) => browser.CreateLogoutUrlAsync(context);

    public ValueTask<string> GetCsrfTokenAsync(HttpContext context) => ValueTask.FromResult(browser.CsrfToken(context));

    public async ValueTask RevokeSessionAsync(HttpContext context, Guid id)
    {
        if (await FindSessionAsync(context).ConfigureAwait(false) is { } own && own.Id != id)
            await revoker.RevokeAsync(id, own.IdentityId).ConfigureAwait(false);
    }

    public async ValueTask RevokeOtherSessionsAsync(HttpContext context)
    {
        if (await FindSessionAsync(context).ConfigureAwait(false) is { } own)
            await revoker.RevokeAllAsync(own.IdentityId, own.Id).ConfigureAwait(false);
    }

    public bool IsCsrfTokenValid(HttpContext context, string? token) => browser.IsCsrfTokenValid(context, token);
}
