using System.Text.Json;
using Selfservice.Errors;
using Selfservice.Submissions;

namespace Selfservice.Strategies.Oidc;

/// <summary>What a client wants to be told to the provider: an object of strings in the field <c>upstream_parameters</c>, or its members as dotted fields.</summary>
internal static class UpstreamParameters
{
    private const string Field = "upstream_parameters";
    private const int MaximumValueLength = 1024;

    public static ErrorObject Malformed { get; } = ErrorObject.BadRequest("upstream_parameters must be an object of strings, each of at most 1024 characters.");

    /// <summary>The parameters; null when they are not what they should be.</summary>
    public static IReadOnlyDictionary<string, string>? Read(Submission submission)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (submission.Text(Field) is { } text)
        {
            try
            {
                using var document = JsonDocument.Parse(text, new() { MaxDepth = 4, AllowDuplicateProperties = false });
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                    return null;
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    if (member.Value.ValueKind != JsonValueKind.String)
                        return null;
                    parameters[member.Name] = member.Value.GetString()!;
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // InvalidOperationException: a text that is no Unicode, such as half of a surrogate pair.
                return null;
            }
        }

        foreach (var name in submission.Names.Where(n => n.StartsWith(Field + ".", StringComparison.Ordinal)))
            parameters[name[(Field.Length + 1)..]] = submission.Text(name) ?? "";
        return parameters.Values.Any(v => v.Length > MaximumValueLength) ? null : parameters;
    }
}
