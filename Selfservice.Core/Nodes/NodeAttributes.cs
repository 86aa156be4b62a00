using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Selfservice.Nodes;

/// <summary>What a node is and how it is to be rendered. The kinds are a closed set: a user interface must know each of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "node_type")]
[JsonDerivedType(typeof(InputAttributes), "input")]
[JsonDerivedType(typeof(TextAttributes), "text")]
[JsonDerivedType(typeof(ImageAttributes), "img")]
[JsonDerivedType(typeof(AnchorAttributes), "a")]
[JsonDerivedType(typeof(ScriptAttributes), "script")]
[JsonDerivedType(typeof(DivisionAttributes), "div")]
public abstract record NodeAttributes
{
    private protected NodeAttributes()
    {
    }

    /// <summary>The kind of the node on the wire: <c>input</c>, <c>text</c>, <c>img</c>, <c>a</c>, <c>script</c> or <c>div</c>.</summary>
    [JsonIgnore]
    public abstract string NodeType { get; }

    /// <summary>What the node is found by: the name of an input, the id of anything else. Several nodes may share it.</summary>
    [JsonIgnore]
    public abstract string Key { get; }
}

/// <summary>A form field or a button.</summary>
public sealed record InputAttributes : NodeAttributes
{
    /// <summary>The field's name in the submitted form.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The input's type; one of <see cref="InputType"/>.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The value: any JSON scalar or array; null leaves it out.</summary>
    [JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Value { get; init; }

    /// <summary>Whether the form cannot be sent without it.</summary>
    [JsonPropertyName("required"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Required { get; init; }

    /// <summary>The HTML autocomplete token; null for none.</summary>
    [JsonPropertyName("autocomplete"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Autocomplete { get; init; }

    /// <summary>A label of the input itself; most labels live in <see cref="NodeMeta.Label"/>.</summary>
    [JsonPropertyName("label"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Message? Label { get; init; }

    /// <summary>A regular expression that the value must match; null for none.</summary>
    [JsonPropertyName("pattern"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pattern { get; init; }

    /// <summary>Whether the input takes no value.</summary>
    [JsonPropertyName("disabled")]
    public bool Disabled { get; init; }

    /// <summary>A script to run on a click (superseded by <see cref="OnClickTrigger"/>); null for none.</summary>
    [JsonPropertyName("onclick"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OnClick { get; init; }

    /// <summary>The name of a script function to run on a click; null for none.</summary>
    [JsonPropertyName("onclickTrigger"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OnClickTrigger { get; init; }

    /// <summary>A script to run when the page has loaded (superseded by <see cref="OnLoadTrigger"/>); null for none.</summary>
    [JsonPropertyName("onload"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OnLoad { get; init; }

    /// <summary>The name of a script function to run when the page has loaded; null for none.</summary>
    [JsonPropertyName("onloadTrigger"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OnLoadTrigger { get; init; }

    /// <summary>The most characters that may be typed; 0 for no limit.</summary>
    [JsonPropertyName("maxlength"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MaxLength { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string NodeType => "input";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => Name;
}

/// <summary>A text to read.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Text">The text.</param>
public sealed record TextAttributes([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("text")] Message Text) : NodeAttributes
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string NodeType => "text";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => Id;
}

/// <summary>An image.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Source">The image's URL; often a <c>data:</c> URL.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
public sealed record ImageAttributes(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("src")] string Source,
    [property: JsonPropertyName("width")] int Width,
    [property: JsonPropertyName("height")] int Height) : NodeAttributes
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string NodeType => "img";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => Id;
}

/// <summary>A link.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Title">Its text.</param>
public sealed record AnchorAttributes(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("href")] string Href,
    [property: JsonPropertyName("title")] Message Title) : NodeAttributes
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string NodeType => "a";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => Id;
}

/// <summary>A script that the page needs, bound to its content by a hash.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Source">The script's URL.</param>
/// <param name="Integrity">The subresource-integrity hash, <c>sha512-…</c>.</param>
/// <param name="Nonce">A value that is new in each flow, for a content security policy.</param>
public sealed record ScriptAttributes(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("src")] string Source,
    [property: JsonPropertyName("integrity")] string Integrity,
    [property: JsonPropertyName("nonce")] string Nonce) : NodeAttributes
{
    /// <summary>The page does not wait for it.</summary>
    [JsonPropertyName("async")]
    public bool Async { get; init; } = true;

    /// <summary>What the browser tells the script's host of the page.</summary>
    [JsonPropertyName("referrerpolicy")]
    public string ReferrerPolicy { get; init; } = "no-referrer";

    /// <summary>How the script is fetched from another origin.</summary>
    [JsonPropertyName("crossorigin")]
    public string CrossOrigin { get; init; } = "anonymous";

    /// <summary>The script's media type.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; } = "text/javascript";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string NodeType => "script";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => Id;
}

/// <summary>An empty container that a script fills, with the data that it needs.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Class">Its CSS class; null for none.</param>
/// <param name="Data">Named values for the script; null for none.</param>
public sealed record DivisionAttributes(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("class"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Class = null,
    [property: JsonPropertyName("data"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Data = null) : NodeAttributes
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string NodeType => "div";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Key => Id;
}
