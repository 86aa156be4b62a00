using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Strategies.Oidc;

/// <summary>What has to be known when a browser comes back from a provider. It is kept in the flow, sealed; nothing of it leaves the host.</summary>
internal sealed record PendingSignIn
{
    /// <summary>The one-time secret behind the state: whoever uses it up first may go on.</summary>
    public required Guid StateId { get; init; }

    /// <summary>A hash of the state.</summary>
    public required string StateHash { get; init; }

    /// <summary>A hash of what the browser's continuity cookie must hold.</summary>
    public required string ContinuityHash { get; init; }

    /// <summary>The provider's id.</summary>
    public required string Provider { get; init; }

    /// <summary>What the ID token must hold (OpenID Connect Core, 3.1.3.7, step 11).</summary>
    public required string Nonce { get; init; }

    /// <summary>What proves to the provider that the code is redeemed by who asked for it (RFC 7636).</summary>
    public required string CodeVerifier { get; init; }

    /// <summary>The address that the provider was told; the token endpoint wants to hear the same.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>What the provider's kind needs besides; null for nothing.</summary>
    public string? Keep { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, PendingSignInJson.Default.PendingSignIn);

    public static PendingSignIn? Parse(string text) => JsonSerializer.Deserialize(text, PendingSignInJson.Default.PendingSignIn);
}

[JsonSerializable(typeof(PendingSignIn))]
internal sealed partial class PendingSignInJson : JsonSerializerContext;
