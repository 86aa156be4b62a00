using Selfservice.Jsonnet.Syntax;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>The standard library of release 0.22: native functions, made once and shared by all evaluations.</summary>
internal static class StdLibrary
{
    private static readonly Dictionary<string, Value> Members = Build();

    /// <summary>All members, hidden, as the object <c>std</c> has them.</summary>
    public static ObjectLayer Layer { get; } = new DataLayer([.. Members.Keys], [.. Members.Values], Visibility.Hidden);

    /// <summary>A member, or null.</summary>
    public static Value? Find(string name) => Members.GetValueOrDefault(name);

    public static IReadOnlyCollection<string> Names => Members.Keys;

    private static Dictionary<string, Value> Build()
    {
        var builder = new LibraryBuilder();
        StdTypes.Register(builder);
        StdMath.Register(builder);
        StdStrings.Register(builder);
        StdSplitting.Register(builder);
        StdParsing.Register(builder);
        StdEncoding.Register(builder);
        StdArrays.Register(builder);
        StdFolds.Register(builder);
        StdSets.Register(builder);
        StdObjects.Register(builder);
        StdManifestJson.Register(builder);
        StdManifestYaml.Register(builder);
        StdManifestToml.Register(builder);
        StdManifestOther.Register(builder);
        builder.Lazy("format", "str vals", a => StdFormat.Format(a.Evaluator, a.String(0), a[1]));
        return builder.Members;
    }
}

/// <summary>Collects members; parameters are named in one text, with a question mark behind those that may be left out.</summary>
internal sealed class LibraryBuilder
{
    public Dictionary<string, Value> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>A function that computes all its arguments, in order, before it looks at them.</summary>
    public void Strict(string name, string parameters, NativeBody body) => Add(name, parameters, true, body);

    /// <summary>A function that computes arguments as it needs them.</summary>
    public void Lazy(string name, string parameters, NativeBody body) => Add(name, parameters, false, body);

    public void Constant(string name, Value value) => Members.Add(name, value);

    private void Add(string name, string parameters, bool isStrict, NativeBody body)
    {
        var names = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var optional = Array.ConvertAll(names, parameter => parameter.EndsWith('?'));
        var signature = new Signature(Array.ConvertAll(names, parameter => parameter.TrimEnd('?')), optional);
        Members.Add(name, new NativeFunction(name, signature, isStrict, body));
    }
}
