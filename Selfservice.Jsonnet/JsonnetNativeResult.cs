using System.Text.Json;

namespace Selfservice.Jsonnet;

/// <summary>What a host's function answers: JSON, or a message that becomes a runtime error at the call.</summary>
public readonly record struct JsonnetNativeResult
{
    private JsonnetNativeResult(JsonElement value, string? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The answer; undefined when <see cref="Error"/> is set.</summary>
    public JsonElement Value { get; }

    /// <summary>The message, or null for success.</summary>
    public string? Error { get; }

    /// <summary>An answer.</summary>
    public static JsonnetNativeResult Of(JsonElement value) => new(value, null);

    /// <summary>A failure.</summary>
    public static JsonnetNativeResult Failed(string message) => new(default, message);
}
