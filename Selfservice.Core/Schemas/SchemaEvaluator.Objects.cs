using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <content>The rules for objects.</content>
internal sealed partial class SchemaEvaluator
{
    private void CheckObject(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (schema.MinProperties is not null || schema.MaxProperties is not null)
            CheckPropertyCount(schema, value.EnumerateObject().Count(), ref found);
        var missing = Missing(schema.Required, value);
        if (missing.Count > 0)
            found.AddMissing(missing);
        foreach (var (name, property) in schema.Properties)
            if (value.TryGetProperty(name, out var member))
                found.Add(Check(property, member, new InstancePath(path, name)));
        if (schema.PropertyNames is { } names)
            foreach (var member in value.EnumerateObject())
                found.Add(CheckName(names, member.Name, path));
        CheckOtherProperties(schema, value, path, ref found);
        foreach (var dependency in schema.Dependencies)
            CheckDependency(dependency, value, path, ref found);
    }

    private static void CheckPropertyCount(SchemaNode schema, int count, ref Findings found)
    {
        if (count < schema.MinProperties)
            found.Add("minProperties", $"minimum {schema.MinProperties} properties allowed, but found {count} properties");
        if (count > schema.MaxProperties)
            found.Add("maxProperties", $"maximum {schema.MaxProperties} properties allowed, but found {count} properties");
    }

    private static List<string> Missing(string[] required, JsonElement value)
    {
        var missing = new List<string>();
        foreach (var name in required)
            if (!value.TryGetProperty(name, out _))
                missing.Add(name);
        return missing;
    }

    private Finding? CheckName(SchemaNode schema, string name, InstancePath? path)
    {
        using var document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(name));
        return Check(schema, document.RootElement, new InstancePath(path, name));
    }

    private void CheckOtherProperties(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (schema.PatternProperties.Length == 0 && schema.AdditionalProperties is null or { Always: true })
            return;
        var refused = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            var isKnown = schema.PropertyByName.ContainsKey(member.Name);
            foreach (var (pattern, property) in schema.PatternProperties)
            {
                if (!Matches(pattern, member.Name))
                    continue;
                isKnown = true;
                found.Add(Check(property, member.Value, new InstancePath(path, member.Name)));
            }

            if (isKnown || schema.AdditionalProperties is not { } additional)
                continue;
            if (additional.Always == false)
                refused.Add(GoText.Quote(member.Name));
            else
                found.Add(Check(additional, member.Value, new InstancePath(path, member.Name)));
        }

        if (refused.Count > 0)
            found.Add("additionalProperties", $"additionalProperties {string.Join(", ", refused)} not allowed");
    }

    private void CheckDependency(Dependency dependency, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (!value.TryGetProperty(dependency.Property, out _))
            return;
        if (dependency.Schema is { } schema)
            found.Add(Check(schema, value, path));
        if (dependency.Required is not { } required)
            return;
        for (var i = 0; i < required.Length; i++)
        {
            if (!value.TryGetProperty(required[i], out _))
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"dependencies/{SchemaCompiler.Escape(dependency.Property)}/{i}");
                found.Add(place, $"property {GoText.Quote(required[i])} is required, if {GoText.Quote(dependency.Property)} property exists");
            }
        }
    }

    /// <exception cref="EvaluationLimitException">The expression took too long.</exception>
    private static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new EvaluationLimitException("text takes too long to be checked", e);
        }
    }
}
