using System.Text.Json;

namespace Selfservice.Submissions;

/// <summary>
/// A submitted form or JSON object, as names with values in the order sent. Both kinds are read the same way, so that every method takes both:
/// in a JSON object a string stands for itself, null for an empty text and anything else for its JSON text.
/// </summary>
public sealed class Submission
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>The method that the client names; null when it names none.</summary>
    public string? Method => Text("method");

    /// <summary>The names, in the order sent.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The first value of a name; null when it is absent or empty: in the contract an empty field is a missing one.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var values) && values[0].Length > 0 ? values[0] : null;

    /// <summary>Every value of a name, in the order sent.</summary>
    public IReadOnlyList<string> Values(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <summary>Reads a submitted form.</summary>
    public static Submission FromForm(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var submission = new Submission();
        foreach (var (name, value) in fields)
            submission.Add(name, value);
        return submission;
    }

    /// <summary>Reads the members of a JSON object.</summary>
    public static Submission FromJson(JsonElement root)
    {
        var submission = new Submission();
        foreach (var member in root.EnumerateObject())
        {
            // Of a member that is sent twice the last counts, as with most parsers.
            submission._values.Remove(member.Name);
            submission.Add(member.Name, member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => member.Value.GetRawText(),
            });
        }

        return submission;
    }

    private void Add(string name, string value)
    {
        if (_values.TryGetValue(name, out var values))
            values.Add(value);
        else
            _values.Add(name, [value]);
    }
}
