using System.Globalization;
using System.Text.Json;

namespace Selfservice.Schemas;

/// <content>The rules for arrays, strings and numbers.</content>
internal sealed partial class SchemaEvaluator
{
    private void CheckArray(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        var count = value.GetArrayLength();
        if (count < schema.MinItems)
            found.Add("minItems", ValidationMessages.MinItems(schema.MinItems.Value, count));
        if (count > schema.MaxItems)
            found.Add("maxItems", ValidationMessages.MaxItems(schema.MaxItems.Value, count));
        if (schema.UniqueItems && FirstDuplicate(value) is var (first, second))
            found.Add("uniqueItems", ValidationMessages.UniqueItems(first, second));
        CheckItems(schema, value, path, count, ref found);
        if (schema.Contains is { } contained)
            CheckContains(contained, value, path, ref found);
    }

    private void CheckItems(SchemaNode schema, JsonElement value, InstancePath? path, int count, ref Findings found)
    {
        if (schema.TupleItems is { } tuple && schema.AdditionalItems?.Always == false && count > tuple.Length)
            found.Add("additionalItems", $"only {tuple.Length} items are allowed, but found {count} items");
        if (schema.TupleItems is null && schema.Items is null)
            return;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var rule = schema.TupleItems switch
            {
                null => schema.Items,
                var items when index < items.Length => items[index],
                _ => schema.AdditionalItems is { Always: null } additional ? additional : null,
            };
            if (rule is not null)
                found.Add(Check(rule, item, Item(path, index)));
            index++;
        }
    }

    private void CheckContains(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        var causes = new List<Finding>();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Try(schema, item, Item(path, index++)) is not { } cause)
                return;
            causes.Add(cause);
        }

        found.Add("contains", "contains failed", causes: causes);
    }

    private static (int First, int Second)? FirstDuplicate(JsonElement array)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var text = CanonicalJson.Of(item);
            if (!places.TryAdd(text, index))
                return (places[text], index);
            index++;
        }

        return null;
    }

    private static InstancePath Item(InstancePath? path, int index) => new(path, index.ToString(CultureInfo.InvariantCulture));

    private static void CheckString(SchemaNode schema, string value, ref Findings found)
    {
        if (schema.MinLength is not null || schema.MaxLength is not null)
        {
            var length = CharacterCount(value);
            if (length < schema.MinLength)
                found.Add("minLength", ValidationMessages.MinLength(schema.MinLength.Value, length));
            if (length > schema.MaxLength)
                found.Add("maxLength", ValidationMessages.MaxLength(schema.MaxLength.Value, length));
        }

        if (schema.Pattern is { } pattern && !Matches(pattern, value))
            found.Add("pattern", ValidationMessages.Pattern(schema.PatternText));
    }

    private static long CharacterCount(string value)
    {
        long count = 0;
        foreach (var _ in value.EnumerateRunes())
            count++;
        return count;
    }

    private static void CheckNumber(SchemaNode schema, string raw, ref Findings found)
    {
        var number = JsonNumber.Parse(raw);
        if (schema.Minimum is { } minimum && number.CompareTo(minimum) < 0)
            found.Add("minimum", ValidationMessages.Minimum(minimum.Raw, raw));
        if (schema.ExclusiveMinimum is { } above && number.CompareTo(above) <= 0)
            found.Add("exclusiveMinimum", ValidationMessages.ExclusiveMinimum(above.Raw, raw));
        if (schema.Maximum is { } maximum && number.CompareTo(maximum) > 0)
            found.Add("maximum", ValidationMessages.Maximum(maximum.Raw, raw));
        if (schema.ExclusiveMaximum is { } below && number.CompareTo(below) >= 0)
            found.Add("exclusiveMaximum", ValidationMessages.ExclusiveMaximum(below.Raw, raw));
        if (schema.MultipleOf is { } factor && !number.IsMultipleOf(factor))
            found.Add("multipleOf", ValidationMessages.MultipleOf(factor.Raw, raw));
    }
}
