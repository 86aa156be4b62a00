using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>What a signed token has to hold.</summary>
internal sealed record TokenExpectation
{
    /// <summary>The client that it was made for.</summary>
    public required string ClientId { get; init; }

    /// <summary>Other audiences that do as well.</summary>
    public IReadOnlyList<string> OtherAudiences { get; init; } = [];

    /// <summary>Issuers that do besides the one of the discovery document.</summary>
    public IReadOnlyList<string> OtherIssuers { get; init; } = [];

    /// <summary>Whether it is an answer of the userinfo endpoint, which has no lifetime of its own and may leave out issuer and audience (OpenID Connect Core, 5.3.2).</summary>
    public bool IsUserinfo { get; init; }
}

/// <summary>A signed token whose signature, issuer, audience and times are right.</summary>
/// <param name="Algorithm">How it is signed.</param>
/// <param name="Claims">What it says.</param>
internal sealed record VerifiedToken(string Algorithm, JsonObject Claims);
