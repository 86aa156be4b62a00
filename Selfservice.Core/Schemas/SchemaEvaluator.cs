using System.Text.Json;
using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>
/// Evaluates one value by JSON Schema draft 7. A wrong type ends a value's evaluation, all other rules add up, in the order of this class; <c>$ref</c> hides what stands
/// beside it (the loader refuses rules there).
/// </summary>
internal sealed partial class SchemaEvaluator
{
    /// <summary>The deepest value that is evaluated, in levels.</summary>
    public const int MaxDepth = 66;

    // References may multiply the work with every level; whoever sends the traits must not decide how long this takes.
    private const int MaxSteps = 500_000;

    // Every level takes stack, so levels of values times levels of references are bounded too.
    private const int MaxNesting = 400;

    private int _steps;
    private int _nesting;

    public DerivedValues Derived { get; } = new();

    /// <summary>Null when the value follows the schema.</summary>
    /// <exception cref="EvaluationLimitException">The value cannot be checked within bounds.</exception>
    public Finding? Check(SchemaNode schema, JsonElement value, InstancePath? path)
    {
        if (++_steps > MaxSteps || ++_nesting > MaxNesting)
            throw new EvaluationLimitException("traits are too large to be checked");
        var error = CheckOne(schema, value, path);
        _nesting--;
        return error;
    }

    private Finding? CheckOne(SchemaNode schema, JsonElement value, InstancePath? path)
    {
        if (schema.Always is { } always)
            return always ? null : new Finding(path, schema.Pointer, "always fail");
        if (schema.Reference is { } target)
        {
            return Check(target, value, path) is { } cause
                ? new Finding(path, schema.Pointer + "/$ref", $"doesn't validate with {GoText.Quote(schema.ReferenceText)}") { Causes = [cause] }
                : null;
        }

        if (schema.Types != JsonTypes.None && !HasType(schema.Types, value))
        {
            var message = ValidationMessages.WrongType(schema.TypeNames, TypeName(value));
            return new Finding(path, schema.Pointer + "/type", message.Text) { Message = message };
        }

        var found = new Findings(schema, path);
        CheckGeneric(schema, value, path, ref found);
        CheckBranches(schema, value, path, ref found);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, path, ref found);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, path, ref found);
                break;
            case JsonValueKind.String when schema.HasStringRules:
                CheckString(schema, JsonText.Read(value), ref found);
                break;
            case JsonValueKind.Number when schema.HasNumberRules:
                CheckNumber(schema, value.GetRawText(), ref found);
                break;
        }

        if (schema.Extension is { } extension)
            ExtensionRules.Apply(extension, schema, value, Derived, ref found);
        return found.Result();
    }

    private static void CheckGeneric(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (schema.Constant is { } constant && CanonicalJson.Of(value) != constant.Canonical)
        {
            if (constant.IsComposite)
                found.Add("const", "const failed", ValidationMessages.ConstantFailed());
            else
                found.Add("const", $"value must be {constant.GoSyntax}", ValidationMessages.Constant(constant.GoSyntax));
        }

        if (schema.Enumeration is { } values && CanonicalJson.Of(value) is var text && !Array.Exists(values, v => v.Canonical == text))
            found.Add("enum", EnumerationText(values));

        if (schema.FormatCheck is { } check && value.ValueKind == JsonValueKind.String && JsonText.Read(value) is var given && !check(given))
            found.AddFormat(schema.Format ?? "", given);
    }

    private static string EnumerationText(JsonConstant[] values)
    {
        if (Array.Exists(values, v => v.IsComposite))
            return "enum failed";
        var quoted = string.Join(", ", values.Select(v => GoText.Quote(v.Text)));
        return values.Length == 1 ? $"value must be {quoted}" : $"value must be one of {quoted}";
    }

    private static bool HasType(JsonTypes types, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => types.HasFlag(JsonTypes.Object),
        JsonValueKind.Array => types.HasFlag(JsonTypes.Array),
        JsonValueKind.String => types.HasFlag(JsonTypes.String),
        JsonValueKind.Number => types.HasFlag(JsonTypes.Number) || (types.HasFlag(JsonTypes.Integer) && JsonNumber.Parse(value.GetRawText()).IsInteger),
        JsonValueKind.True or JsonValueKind.False => types.HasFlag(JsonTypes.Boolean),
        _ => types.HasFlag(JsonTypes.Null),
    };

    private static string TypeName(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}

/// <summary>What was found at one value under one schema. One finding stands for itself, several are put under a common one.</summary>
internal struct Findings(SchemaNode schema, InstancePath? path)
{
    private List<Finding>? _errors;

    public void Add(Finding? error)
    {
        if (error is not null)
            (_errors ??= []).Add(error);
    }

    public void Add(string keyword, Message message) => Add(keyword, message.Text, message);

    public void Add(string keyword, string text, Message? message = null, IReadOnlyList<Finding>? causes = null) =>
        Add(new Finding(path, $"{schema.Pointer}/{keyword}", text) { Message = message, Causes = causes ?? [] });

    public void AddMissing(List<string> names) =>
        Add(new Finding(path, schema.Pointer + "/required", "missing properties: " + string.Join(", ", names.Select(GoText.Quote))) { Missing = names });

    public void AddFormat(string format, string value) => Add("format", $"{GoText.Quote(value)} is not valid {GoText.Quote(format)}", FormatMessage(format, value));

    /// <summary>Adds what a trait's use as identifier or address asks for; without a keyword it is about the trait's schema as a whole.</summary>
    public void AddFromExtension(string keyword, string text, Message? message) =>
        Add(new Finding(path, keyword.Length == 0 ? schema.Pointer : $"{schema.Pointer}/{keyword}", text) { Message = message, FromExtension = true });

    public readonly Finding? Result() => _errors switch
    {
        null => null,
        [var only] => only,
        var several => new Finding(path, schema.Pointer, "validation failed") { Causes = several },
    };

    /// <summary>The message of a format; null for one without a message of its own.</summary>
    public static Message? FormatMessage(string format, string value) => format switch
    {
        _ when value.Length == 0 => null,
        "email" or "email_loose" => ValidationMessages.Email(value),
        "tel" => ValidationMessages.Telephone(value),
        _ => null,
    };
}
