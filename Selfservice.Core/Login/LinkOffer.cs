using System.Text.Json.Nodes;
using Selfservice.Identities;

namespace Selfservice.Login;

/// <summary>What a method may add to an account that somebody has already, once that person signs in to it.</summary>
/// <param name="Data">What the method needs to add it; kept with the flow, where no client sees it.</param>
/// <param name="Identifier">What both have: the identifier or address that the account was found by, normalised.</param>
/// <param name="Owner">The account that has it, with credentials.</param>
public sealed record LinkOffer(JsonObject Data, string Identifier, Identity Owner)
{
    /// <summary>Whether the form may show how <see cref="Owner"/> signs in: the host's <c>Registration:LoginHints</c>.</summary>
    public bool ShowsOwner { get; init; }

    /// <summary>The credential types that <see cref="Owner"/> signs in with, in order; empty where that must not be shown.</summary>
    public IReadOnlyList<string> CredentialTypes { get; init; } = [];

    /// <summary>The providers that <see cref="Owner"/> signs in with, in order; empty where that must not be shown.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];
}
