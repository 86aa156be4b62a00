using System.Text.Json;

namespace Selfservice.Jsonnet;

/// <summary>A function of the host that programs reach with <c>std.native(name)</c>.</summary>
/// <param name="Parameters">Names of its parameters, all required.</param>
/// <param name="Body">
/// Answers for the arguments, which are computed and turned to JSON before. It must depend on nothing else if evaluations shall be repeatable.
/// What it throws goes through to the caller of the evaluation.
/// </param>
public sealed record JsonnetNativeFunction(IReadOnlyList<string> Parameters, Func<IReadOnlyList<JsonElement>, JsonnetNativeResult> Body);
