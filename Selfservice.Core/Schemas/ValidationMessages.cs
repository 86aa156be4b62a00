using System.Globalization;
using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Schemas;

/// <summary>The messages about a value that breaks a rule of its schema. The numbers are the published ones, 4000001 to 4000041, and 1070002 and 1070004 for labels.</summary>
public static class ValidationMessages
{
    /// <summary>1070002: the title of a trait, as the label of its input.</summary>
    /// <param name="name">The input's name, <c>traits.email</c>.</param>
    /// <param name="title">The trait's title.</param>
    public static Message TraitLabel(string name, string title) => Message.Info(1070002, title, new JsonObject { ["name"] = name, ["title"] = title });

    /// <summary>1070004: the label of an identifier that no single trait gives a title to.</summary>
    public static Message IdentifierLabel() => Message.Info(1070004, "ID");

    /// <summary>4000001: a rule without a message of its own.</summary>
    public static Message Reason(string reason) => Message.Error(4000001, reason, new JsonObject { ["reason"] = reason });

    /// <summary>4000002: a required property is missing.</summary>
    public static Message Missing(string property) =>
        Message.Error(4000002, $"Property {property} is missing.", new JsonObject { ["property"] = property });

    /// <summary>4000003: a text is too short; lengths in characters.</summary>
    public static Message MinLength(long minimum, long actual) => Message.Error(
        4000003, Text($"length must be >= {minimum}, but got {actual}"), new JsonObject { ["actual_length"] = actual, ["min_length"] = minimum });

    /// <summary>4000004: a text does not match a regular expression.</summary>
    public static Message Pattern(string pattern) =>
        Message.Error(4000004, $"does not match pattern {GoText.Quote(pattern)}", new JsonObject { ["pattern"] = pattern });

    /// <summary>4000017: a text is too long; lengths in characters.</summary>
    public static Message MaxLength(long maximum, long actual) => Message.Error(
        4000017, Text($"length must be <= {maximum}, but got {actual}"), new JsonObject { ["actual_length"] = actual, ["max_length"] = maximum });

    /// <summary>4000018: a number is too small. Numbers are JSON number tokens.</summary>
    public static Message Minimum(string minimum, string actual) => Bound(4000018, ">=", "minimum", minimum, actual);

    /// <summary>4000019: a number is not above its bound. Numbers are JSON number tokens.</summary>
    public static Message ExclusiveMinimum(string minimum, string actual) => Bound(4000019, ">", "minimum", minimum, actual);

    /// <summary>4000020: a number is too large. Numbers are JSON number tokens.</summary>
    public static Message Maximum(string maximum, string actual) => Bound(4000020, "<=", "maximum", maximum, actual);

    /// <summary>4000021: a number is not below its bound. Numbers are JSON number tokens.</summary>
    public static Message ExclusiveMaximum(string maximum, string actual) => Bound(4000021, "<", "maximum", maximum, actual);

    /// <summary>4000022: a number is no multiple of another one. Numbers are JSON number tokens.</summary>
    public static Message MultipleOf(string factor, string actual) => Message.Error(
        4000022, $"{GoText.Number(actual)} not multipleOf {GoText.Number(factor)}", new JsonObject { ["actual"] = Number(actual), ["base"] = Number(factor) });

    /// <summary>4000023: an array has too many items.</summary>
    public static Message MaxItems(long maximum, long actual) => Message.Error(
        4000023, Text($"maximum {maximum} items allowed, but found {actual} items"), new JsonObject { ["actual_items"] = actual, ["max_items"] = maximum });

    /// <summary>4000024: an array has too few items.</summary>
    public static Message MinItems(long minimum, long actual) => Message.Error(
        4000024, Text($"minimum {minimum} items allowed, but found {actual} items"), new JsonObject { ["actual_items"] = actual, ["min_items"] = minimum });

    /// <summary>4000025: two items of an array are equal; places count from 0.</summary>
    public static Message UniqueItems(int first, int second) => Message.Error(
        4000025, Text($"items at index {first} and {second} are equal"), new JsonObject { ["index_a"] = first, ["index_b"] = second });

    /// <summary>4000026: a value has another type; names are those of JSON Schema.</summary>
    public static Message WrongType(IReadOnlyList<string> allowed, string actual) => Message.Error(
        4000026,
        $"expected {string.Join(" or ", allowed)}, but got {actual}",
        new JsonObject { ["actual_type"] = actual, ["allowed_types"] = new JsonArray([.. allowed.Select(a => JsonValue.Create(a))]) });

    /// <summary>4000029: a value is not the only one allowed.</summary>
    /// <param name="expected">That value as text; a string between quotes.</param>
    public static Message Constant(string expected) =>
        Message.Error(4000029, $"must be equal to constant {expected}", new JsonObject { ["expected"] = expected });

    /// <summary>4000030: an object or array is not the only one allowed.</summary>
    public static Message ConstantFailed() => Message.Error(4000030, "const failed");

    /// <summary>4000040: a text is no e-mail address.</summary>
    public static Message Email(string value) => Message.Error(4000040, "Enter a valid email address", new JsonObject { ["value"] = value });

    /// <summary>4000041: a text is no international phone number.</summary>
    public static Message Telephone(string value) => Message.Error(4000041, "Enter a valid phone number", new JsonObject { ["value"] = value });

    private static Message Bound(int id, string sign, string name, string bound, string actual) => Message.Error(
        id, $"must be {sign} {GoText.Number(bound)} but found {GoText.Number(actual)}", new JsonObject { ["actual"] = Number(actual), [name] = Number(bound) });

    // A double, as upstream has it; what is integral stays without exponent, what no double can hold stays a text.
    private static JsonValue Number(string token)
    {
        var value = double.Parse(token, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
            return JsonValue.Create(token);
        return Math.Abs(value) < 1e15 && value == Math.Truncate(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
