using System.Text.Json;
using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <content>The rules for branches, objects, arrays, strings and numbers.</content>
internal sealed partial class SchemaCompiler
{
    private bool FillBranch(SchemaNode node, string name, JsonElement value)
    {
        switch (name)
        {
            case "not":
                node.Not = Sub(node, name, value);
                return true;
            case "allOf":
                node.AllOf = Branches(node, name, value);
                return true;
            case "anyOf":
                node.AnyOf = Branches(node, name, value);
                return true;
            case "oneOf":
                node.OneOf = Branches(node, name, value);
                return true;
            case "if":
                Since(7, node, name);
                node.If = Branch(node, name, value);
                return true;
            case "then":
                Since(7, node, name);
                node.Then = Branch(node, name, value);
                return true;
            case "else":
                Since(7, node, name);
                node.Else = Branch(node, name, value);
                return true;
            default:
                return false;
        }
    }

    private bool FillObject(SchemaNode node, string name, JsonElement value)
    {
        switch (name)
        {
            case "minProperties":
                node.MinProperties = Count(node, name, value);
                return true;
            case "maxProperties":
                node.MaxProperties = Count(node, name, value);
                return true;
            case "required":
                node.Required = Names(value);
                return true;
            case "properties":
                node.Properties = [.. value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Sub(node, $"{name}/{Escape(p.Name)}", p.Value)))];
                foreach (var (property, schema) in node.Properties)
                {
                    node.PropertyByName[property] = schema;
                    node.Children.Add((property, schema));
                }

                return true;
            case "patternProperties":
                node.PatternProperties =
                    [.. value.EnumerateObject().Select(p => new PatternProperty(Compiled(node, p.Name), Sub(node, $"{name}/{Escape(p.Name)}", p.Value)))];
                return true;
            case "additionalProperties":
                node.AdditionalProperties = SubOrBoolean(node, name, value);
                return true;
            case "dependencies":
                node.Dependencies = [.. value.EnumerateObject().Select(p => p.Value.ValueKind == JsonValueKind.Array
                    ? new Dependency(p.Name, Names(p.Value), null)
                    : new Dependency(p.Name, null, Sub(node, $"{name}/{Escape(p.Name)}", p.Value)))];
                return true;
            case "propertyNames":
                Since(6, node, name);
                node.PropertyNames = Sub(node, name, value);
                return true;
            default:
                return false;
        }
    }

    private bool FillValue(SchemaNode node, string name, JsonElement value)
    {
        switch (name)
        {
            case "minItems":
                node.MinItems = Count(node, name, value);
                return true;
            case "maxItems":
                node.MaxItems = Count(node, name, value);
                return true;
            case "uniqueItems":
                node.UniqueItems = value.GetBoolean();
                return true;
            case "items" when value.ValueKind == JsonValueKind.Array:
                node.TupleItems = [.. value.EnumerateArray().Select((v, i) => Sub(node, $"{name}/{i}", v))];
                return true;
            case "items":
                node.Items = Sub(node, name, value);
                return true;
            case "additionalItems":
                node.AdditionalItems = SubOrBoolean(node, name, value);
                return true;
            case "contains":
                Since(6, node, name);
                node.Contains = Sub(node, name, value);
                return true;
            case "minLength":
                node.MinLength = Count(node, name, value);
                return true;
            case "maxLength":
                node.MaxLength = Count(node, name, value);
                return true;
            case "pattern":
                node.PatternText = value.GetString() ?? "";
                node.Pattern = Compiled(node, node.PatternText);
                return true;
            default:
                return FillNumber(node, name, value);
        }
    }

    private bool FillNumber(SchemaNode node, string name, JsonElement value)
    {
        if (name is not ("minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf"))
            return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return _draft == 4 && name.StartsWith("exclusive", StringComparison.Ordinal) ? true : throw Invalid(node.Pointer, $"has a boolean {name}; use a number");
        if (_draft == 4 && name.StartsWith("exclusive", StringComparison.Ordinal))
            throw Invalid(node.Pointer, $"has a number as {name}, which draft 4 does not have; declare draft 7");
        var number = JsonNumber.Parse(value.GetRawText());
        switch (name)
        {
            case "minimum":
                node.Minimum = number;
                break;
            case "maximum":
                node.Maximum = number;
                break;
            case "exclusiveMinimum":
                node.ExclusiveMinimum = number;
                break;
            case "exclusiveMaximum":
                node.ExclusiveMaximum = number;
                break;
            default:
                node.MultipleOf = number.Digits.Length > 0 && !number.Negative ? number : throw Invalid(node.Pointer, "has a multipleOf that is not positive; use one above 0");
                break;
        }

        return true;
    }

    // Draft 4 says by a boolean that a bound itself is not allowed.
    private void FinishDraft4(SchemaNode node, JsonElement source)
    {
        if (_draft != 4)
            return;
        if (source.TryGetProperty("exclusiveMinimum", out var above) && above.ValueKind == JsonValueKind.True)
            (node.ExclusiveMinimum, node.Minimum) = (node.Minimum, null);
        if (source.TryGetProperty("exclusiveMaximum", out var below) && below.ValueKind == JsonValueKind.True)
            (node.ExclusiveMaximum, node.Maximum) = (node.Maximum, null);
    }

    private SchemaNode Sub(SchemaNode node, string place, JsonElement value) => Node(value, $"{node.Pointer}/{place}");

    private SchemaNode SubOrBoolean(SchemaNode node, string place, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new SchemaNode($"{node.Pointer}/{place}") { Always = value.GetBoolean() }
            : Sub(node, place, value);

    private SchemaNode Branch(SchemaNode node, string place, JsonElement value)
    {
        var schema = Sub(node, place, value);
        node.Children.Add((null, schema));
        return schema;
    }

    private SchemaNode[] Branches(SchemaNode node, string name, JsonElement value) => [.. value.EnumerateArray().Select((v, i) => Branch(node, $"{name}/{i}", v))];

    private static string[] Names(JsonElement value) => [.. value.EnumerateArray().Select(v => v.GetString() ?? "")];

    private long Count(SchemaNode node, string name, JsonElement value)
    {
        var number = JsonNumber.Parse(value.GetRawText());
        if (!number.IsInteger || number.Negative)
            throw Invalid(node.Pointer, $"has a {name} that is no whole number from 0 on; correct it");
        return decimal.TryParse(number.Raw, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var count) && count < long.MaxValue
            ? (long)count
            : long.MaxValue;
    }

    private Regex Compiled(SchemaNode node, string pattern)
    {
        try
        {
            return EcmaPattern.Compile(pattern);
        }
        catch (FormatException e)
        {
            throw new InvalidIdentitySchemaException(
                $"The identity schema \"{_id}\" at {node.Pointer} has the pattern {GoText.Quote(pattern)}, which cannot be used ({e.Message}); rewrite it.", e);
        }
    }
}
