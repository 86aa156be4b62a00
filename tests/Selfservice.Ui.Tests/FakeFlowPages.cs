using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Sessions;

namespace Selfservice.Ui.Tests;

/// <summary>Flows, errors and sessions as a test sets them.</summary>
internal sealed class FakeFlowPages : IFlowPages
{
    public const string Token = "right-token";

    public Func<FlowKind, string?, FlowPageResult> Flow { get; set; } = (kind, _) => new FlowPageResult.Redirect($"/self-service/{kind}/browser");

    public Dictionary<string, ErrorPageInfo> Errors { get; } = [];

    public Session? Session { get; set; }

    public bool NeedsSecondFactor { get; set; }

    public List<Session> Others { get; } = [];

    public IReadOnlyDictionary<string, string> ProviderNames { get; set; } = new Dictionary<string, string>();

    public List<string> Revoked { get; } = [];

    public ValueTask<FlowPageResult> FindFlowAsync(HttpContext context, FlowKind kind, string? flowId) => new(Flow(kind, flowId));

    public ValueTask<ErrorPageInfo?> FindErrorAsync(HttpContext context, string? id) => new(id is null ? null : Errors.GetValueOrDefault(id));

    public ValueTask<Session?> FindSessionAsync(HttpContext context) => new(NeedsSecondFactor ? null : Session);

    public ValueTask<bool> NeedsSecondFactorAsync(HttpContext context) => new(NeedsSecondFactor);

    public ValueTask<IReadOnlyList<Session>> ListOtherSessionsAsync(HttpContext context) => new(Others);

    public ValueTask<string?> CreateLogoutUrlAsync(HttpContext context) => new(Session is null ? null : "/self-service/logout?token=out");

    public ValueTask<string> GetCsrfTokenAsync(HttpContext context) => new(Token);

    public bool IsCsrfTokenValid(HttpContext context, string? token) => token == Token;

    public ValueTask RevokeSessionAsync(HttpContext context, Guid id)
    {
        Revoked.Add(id.ToString());
        return default;
    }

    public ValueTask RevokeOtherSessionsAsync(HttpContext context)
    {
        Revoked.Add("others");
        return default;
    }

    public static Session NewSession(int number, string? userAgent, string? address, string location = "", object? traits = null)
    {
        var time = new DateTimeOffset(2026, 3, 1 + number, 9, 30, 0, TimeSpan.Zero);
        var identity = new Guid("0195a000-0000-7000-8000-000000000001");
        return new Session
        {
            Id = new Guid($"0195a000-0000-7000-8000-{number + 16:x12}"),
            IdentityId = identity,
            Identity = traits is null ? null : new Identity { Id = identity, SchemaId = "default", Traits = JsonSerializer.SerializeToElement(traits) },
            IssuedAt = time,
            AuthenticatedAt = time,
            ExpiresAt = time.AddDays(30),
            AuthenticationMethods = [new() { Method = "password", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = time }],
            Devices = [new() { Id = new Guid($"0195a000-0000-7000-8000-{number + 99:x12}"), UserAgent = userAgent, IpAddress = address, Location = location }],
        };
    }
}
