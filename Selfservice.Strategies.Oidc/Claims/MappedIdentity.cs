using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>What of a provider's claims becomes an identity.</summary>
/// <param name="Traits">The traits. Those that a person typed win over them.</param>
/// <param name="MetadataPublic">What the identity itself may see; null for none.</param>
/// <param name="MetadataAdmin">What administrators see; null for none.</param>
/// <param name="VerifiedAddresses">Which of the identity's addresses count as verified.</param>
public sealed record MappedIdentity(JsonObject Traits, JsonObject? MetadataPublic, JsonObject? MetadataAdmin, IReadOnlyList<VerifiedAddress> VerifiedAddresses);

/// <summary>An address that counts as verified because the provider vouches for it.</summary>
/// <param name="Via">What it is: <c>email</c> or <c>sms</c>.</param>
/// <param name="Value">The address. An e-mail address is compared in lower case, without spaces around it.</param>
public sealed record VerifiedAddress(string Via, string Value);
