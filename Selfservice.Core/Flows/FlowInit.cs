namespace Selfservice.Flows;

/// <summary>What a client asks for when it begins a flow.</summary>
public sealed record FlowInit
{
    /// <summary>What it takes to begin a flow in place of another one, for whoever performs that.</summary>
    internal static FlowInit InPlaceOf(EntryFlow flow) => new()
    {
        ClientType = flow.ClientType,
        RequestUrl = flow.RequestUrl,
        ReturnTo = flow.ReturnTo,
        IdentitySchema = flow.IdentitySchema,
        OrganizationId = flow.OrganizationId,
        CsrfSecret = flow.CsrfSecret,
    };

    /// <summary>Who performs it.</summary>
    public required ClientType ClientType { get; init; }

    /// <summary>The full URL of the request.</summary>
    public required string RequestUrl { get; init; }

    /// <summary>The 32 bytes of the browser's CSRF cookie; empty for a native client.</summary>
    public ReadOnlyMemory<byte> CsrfSecret { get; init; }

    /// <summary>Where the browser is to end; null or empty for the configured place.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>The identity schema to use; null or empty for the default.</summary>
    public string? IdentitySchema { get; init; }

    /// <summary>The organization that it is for; null for none.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>Whether somebody who is signed in wants to prove again who they are.</summary>
    public bool Refresh { get; init; }

    /// <summary>The assurance level that is asked for; null or empty for AAL1.</summary>
    public string? Aal { get; init; }

    /// <summary>The challenge of an OAuth 2.0 server that sent the browser; null when there is none.</summary>
    public string? LoginChallenge { get; init; }

    /// <summary>Whether a native client wants a code by which it later fetches the session that a browser gets for it.</summary>
    public bool WantsExchangeCode { get; init; }
}
