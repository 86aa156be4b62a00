using System.Text.Json;

namespace Selfservice.Jsonnet;

/// <summary>A value given to a program: an external variable or a top-level argument.</summary>
public sealed class JsonnetInput
{
    private JsonnetInput(string? text, JsonElement? json, string? code, JsonnetProgram? program)
    {
        TextContent = text;
        JsonContent = json;
        CodeContent = code;
        ProgramContent = program;
    }

    internal string? TextContent { get; }

    internal JsonElement? JsonContent { get; }

    internal string? CodeContent { get; }

    internal JsonnetProgram? ProgramContent { get; }

    /// <summary>A string.</summary>
    public static JsonnetInput Text(string value) => new(value, null, null, null);

    /// <summary>JSON data. It must stay readable while the evaluation runs. A number too large for a double is an error when it is read.</summary>
    public static JsonnetInput Json(JsonElement value) => new(null, value, null, null);

    /// <summary>The value of a Jsonnet expression, compiled in each evaluation that reads it. Its errors are those of the evaluation.</summary>
    public static JsonnetInput Code(string source) => new(null, null, source, null);

    /// <summary>The value of a compiled program, evaluated when it is first read.</summary>
    public static JsonnetInput Program(JsonnetProgram program) => new(null, null, null, program);
}
