using System.Text.Json;

namespace Selfservice.Jsonnet.Tests;

/// <summary>Short ways to run a program.</summary>
internal static class Programs
{
    public static JsonnetResult Run(string program, JsonnetInputs? inputs = null, JsonnetLimits? limits = null, CancellationToken cancellation = default)
    {
        var compiled = JsonnetProgram.Compile(program, "test.jsonnet");
        return compiled.Succeeded ? compiled.Program.Evaluate(inputs, limits, cancellation) : new JsonnetResult(null, false, compiled.Error, 0, 0);
    }

    /// <summary>The result in one line without white space.</summary>
    public static string Compact(string program, JsonnetInputs? inputs = null)
    {
        inputs ??= new JsonnetInputs { Output = JsonnetOutput.Compact };
        var result = Run(program, inputs);
        return result.Succeeded ? result.Text : $"{result.Error!.Kind} {result.Error.Line}:{result.Error.Column} {result.Error.Message}";
    }

    /// <summary>Asserts that a program gives a value, written as JSON.</summary>
    public static void ShouldGive(this string program, string json)
    {
        var actual = Compact(program);
        actual.ShouldBe(json, $"{program}");
    }

    public static void ShouldFail(this string program, JsonnetErrorKind kind, int? line, int? column, string? message = null)
    {
        var result = Run(program);
        result.Succeeded.ShouldBeFalse($"{program}: {(result.Succeeded ? result.Text : "")}");
        (result.Error!.Kind, result.Error.Line, result.Error.Column).ShouldBe((kind, line, column), $"{program}: {result.Error}");
        if (message is not null)
            result.Error.Message.ShouldContain(message);
    }

    public static JsonElement Json(string json) => JsonElement.Parse(json);
}

/// <summary>Numbers that look random and are the same every time (xorshift64*, S. Vigna).</summary>
internal sealed class Seeded(ulong seed)
{
    private ulong _state = seed;

    public int Next(int below)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 2685821657736338717UL) >> 33) % below;
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}
