using System.Globalization;
using System.Text;

namespace Selfservice.Ui.Forms;

/// <summary>Words and ids from the names of nodes.</summary>
internal static class FieldNames
{
    /// <summary>A readable label for a field without one: <c>traits.name.first</c> becomes "First name".</summary>
    public static string Humanise(string name)
    {
        var words = name.Split('.').SkipWhile(s => s == "traits").Reverse().SelectMany(Words).Select(w => w.ToLowerInvariant());
        var text = string.Join(' ', words);
        return text.Length == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(text[0])}{text.AsSpan(1)}");
    }

    /// <summary>An id for markup: letters, digits and hyphens.</summary>
    public static string ToId(string name)
    {
        var id = new StringBuilder("f-");
        foreach (var c in name)
            id.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        return id.ToString();
    }

    private static IEnumerable<string> Words(string segment) =>
        segment.Split(['_', '-', ' '], StringSplitOptions.RemoveEmptyEntries);
}
