namespace Selfservice.Configuration;

/// <summary>What is known about identities.</summary>
public sealed class IdentityOptions
{
    /// <summary>The schema of identities that do not ask for another. Default: <c>default</c>.</summary>
    public string DefaultSchemaId { get; set; } = "default";

    /// <summary>The schemas. Empty: one named <c>default</c>, with an e-mail address and a name.</summary>
    public List<IdentitySchemaOptions> Schemas { get; set; } = [];
}

/// <summary>One identity schema.</summary>
public sealed class IdentitySchemaOptions
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where it lies: <c>file://</c> with a path, or <c>base64://</c> with the document itself.</summary>
    public string Url { get; set; } = "";

    /// <summary>Whether clients may ask for it when they begin a flow. Default: false.</summary>
    public bool SelfserviceSelectable { get; set; }
}
