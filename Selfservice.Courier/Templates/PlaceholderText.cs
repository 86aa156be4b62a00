using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Selfservice.Courier.Templates;

/// <summary>
/// A configured text with placeholders: <c>{{ .RecoveryCode }}</c>, <c>{{ .Identity.traits.email }}</c>. A name fits a variable whatever its case and underscores, so that texts written for the
/// contract's origin work as long as they only insert values.
/// </summary>
internal sealed partial class PlaceholderText
{
    private readonly List<(string Literal, string[]? Path)> _pieces = [];

    private PlaceholderText()
    {
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">Something else than a placeholder stands in braces; the message is the part of a sentence that says what.</exception>
    public static PlaceholderText Parse(string source)
    {
        var text = new PlaceholderText();
        var end = 0;
        foreach (Match action in ActionPattern.Matches(source))
        {
            var name = NamePattern.Match(action.Groups[1].Value);
            if (!name.Success)
                throw new FormatException($"has \"{action.Value}\"; only placeholders such as {{{{ .RecoveryCode }}}} are understood: write a Razor component for more");
            text._pieces.Add((source[end..action.Index], name.Groups[1].Value.Split('.')));
            end = action.Index + action.Length;
        }

        if (source.IndexOf("{{", end, StringComparison.Ordinal) >= 0)
            throw new FormatException("has {{ without }}");
        text._pieces.Add((source[end..], null));
        return text;
    }

    /// <summary>The text with the values in it, each in one line. A variable that is missing is empty.</summary>
    public string Render(JsonElement data, bool html)
    {
        var text = new StringBuilder();
        foreach (var (literal, path) in _pieces)
        {
            text.Append(literal);
            if (path is not null)
                text.Append(html ? WebUtility.HtmlEncode(Find(data, path)) : Find(data, path));
        }

        return text.ToString();
    }

    private static string Find(JsonElement data, string[] path)
    {
        foreach (var name in path)
        {
            var wanted = Plain(name);
            if (data.ValueKind != JsonValueKind.Object || data.EnumerateObject().FirstOrDefault(m => Plain(m.Name) == wanted) is not { Value.ValueKind: not JsonValueKind.Undefined } member)
                return "";
            data = member.Value;
        }

        return PlainText.OneLine(data.ValueKind == JsonValueKind.String ? data.GetString()! : data.ValueKind == JsonValueKind.Null ? "" : data.GetRawText());
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex ActionPattern { get; }

    [GeneratedRegex(@"^-?\s*\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*-?$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern { get; }
}
