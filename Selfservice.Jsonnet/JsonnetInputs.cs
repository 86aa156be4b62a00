namespace Selfservice.Jsonnet;

/// <summary>What a host gives to an evaluation. Not changed by it; may be used for many evaluations, at the same time too, once it is filled.</summary>
public sealed class JsonnetInputs
{
    /// <summary>Values for <c>std.extVar(name)</c>. Default none.</summary>
    public IDictionary<string, JsonnetInput> External { get; } = new Dictionary<string, JsonnetInput>(StringComparer.Ordinal);

    /// <summary>Arguments by name, for a program whose value is a function. Ignored for other programs. Default none.</summary>
    public IDictionary<string, JsonnetInput> TopLevel { get; } = new Dictionary<string, JsonnetInput>(StringComparer.Ordinal);

    /// <summary>Functions for <c>std.native(name)</c>, which answers null for other names. Default none.</summary>
    public IDictionary<string, JsonnetNativeFunction> Natives { get; } = new Dictionary<string, JsonnetNativeFunction>(StringComparer.Ordinal);

    /// <summary>Resolves <c>import</c>, <c>importstr</c> and <c>importbin</c>. Default null: every import is a runtime error.</summary>
    public IJsonnetImporter? Importer { get; init; }

    /// <summary>Receives the messages of <c>std.trace</c> as <c>file:line message</c>. Default null: they go nowhere.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>How the result is printed. Default <see cref="JsonnetOutput.Indented"/>.</summary>
    public JsonnetOutput Output { get; init; } = JsonnetOutput.Indented;
}
