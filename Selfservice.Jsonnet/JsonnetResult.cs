using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Selfservice.Jsonnet;

/// <summary>The outcome of an evaluation: text and JSON, or an error.</summary>
public sealed class JsonnetResult
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };
    private readonly string? _text;
    private readonly bool _isJson;

    internal JsonnetResult(string? text, bool isJson, JsonnetError? error, long steps, long bytes)
    {
        _text = text;
        _isJson = isJson;
        Error = error;
        Steps = steps;
        MemoryBytes = bytes;
    }

    /// <summary>Whether there is a result.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>What went wrong, null after success.</summary>
    public JsonnetError? Error { get; }

    /// <summary>The result as it was asked for with <see cref="JsonnetInputs.Output"/>, without a newline at the end.</summary>
    /// <exception cref="InvalidOperationException">The evaluation failed.</exception>
    public string Text => _text ?? throw new InvalidOperationException($"The program failed: {Error!.Message} Look at Error before Text.");

    /// <summary>Steps counted against <see cref="JsonnetLimits.MaxSteps"/>.</summary>
    public long Steps { get; }

    /// <summary>Bytes counted against <see cref="JsonnetLimits.MaxMemoryBytes"/>.</summary>
    public long MemoryBytes { get; }

    /// <summary>The result as JSON, independent of anything to dispose; a JSON string when text was asked for. Parsed anew by each call.</summary>
    /// <exception cref="InvalidOperationException">The evaluation failed.</exception>
    public JsonElement ToJson() =>
        _isJson ? JsonElement.Parse(Text, AnyDepth) : JsonElement.Parse($"\"{JsonEncodedText.Encode(Text)}\"");
}
