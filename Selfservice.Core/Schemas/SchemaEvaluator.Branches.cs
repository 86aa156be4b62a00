using System.Text.Json;

namespace Selfservice.Schemas;

/// <content>Schemas that apply to the same value: <c>not</c>, <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>, <c>if</c>.</content>
internal sealed partial class SchemaEvaluator
{
    private void CheckBranches(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (schema.Not is { } not)
        {
            var mark = Derived.Count;
            if (Check(not, value, path) is null)
                found.Add("not", "not failed");
            Derived.TakeBack(mark);
        }

        for (var i = 0; i < schema.AllOf.Length; i++)
            if (Check(schema.AllOf[i], value, path) is { } cause)
                found.Add($"allOf/{i}", "allOf failed", causes: [cause]);
        CheckAnyOf(schema, value, path, ref found);
        CheckOneOf(schema, value, path, ref found);
        if (schema.If is { } condition)
            CheckCondition(schema, condition, value, path, ref found);
    }

    private void CheckAnyOf(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (schema.AnyOf.Length == 0)
            return;
        var causes = new List<Finding>();
        foreach (var branch in schema.AnyOf)
        {
            if (Try(branch, value, path) is { } cause)
                causes.Add(cause);
            else
                return;
        }

        found.Add("anyOf", "anyOf failed", causes: causes);
    }

    private void CheckOneOf(SchemaNode schema, JsonElement value, InstancePath? path, ref Findings found)
    {
        if (schema.OneOf.Length == 0)
            return;
        var causes = new List<Finding>();
        var matched = -1;
        for (var i = 0; i < schema.OneOf.Length; i++)
        {
            if (Try(schema.OneOf[i], value, path) is { } cause)
            {
                causes.Add(cause);
            }
            else if (matched < 0)
            {
                matched = i;
            }
            else
            {
                found.Add("oneOf", $"valid against schemas at indexes {matched} and {i}");
                return;
            }
        }

        if (matched < 0)
            found.Add("oneOf", "oneOf failed", causes: causes);
    }

    private void CheckCondition(SchemaNode schema, SchemaNode condition, JsonElement value, InstancePath? path, ref Findings found)
    {
        var holds = Try(condition, value, path) is null;
        var (branch, keyword) = holds ? (schema.Then, "then") : (schema.Else, "else");
        if (branch is not null && Check(branch, value, path) is { } cause)
            found.Add(keyword, $"if-{keyword} failed", causes: [cause]);
    }

    /// <summary>Like <see cref="Check"/>, but a schema that does not hold declares nothing.</summary>
    private Finding? Try(SchemaNode schema, JsonElement value, InstancePath? path)
    {
        var mark = Derived.Count;
        var error = Check(schema, value, path);
        if (error is not null)
            Derived.TakeBack(mark);
        return error;
    }
}
