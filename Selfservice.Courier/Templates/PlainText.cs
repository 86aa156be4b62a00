using System.Net;
using System.Text;

namespace Selfservice.Courier.Templates;

/// <summary>Makes plain text of what the components rendered. They end paragraphs with U+2029 and lines with U+2028, because white space of the templates' source means nothing.</summary>
internal static class PlainText
{
    public const string ParagraphEnd = "\u2029";

    public const string LineEnd = "\u2028";

    /// <summary>The paragraphs with an empty line between them.</summary>
    public static string OfMarkup(string rendered) => string.Join(
        "\n\n",
        WebUtility.HtmlDecode(rendered).Split('\u2029').Select(p => string.Join('\n', p.Split('\u2028').Select(OneLine)).Trim('\n')).Where(p => p.Length > 0));

    /// <summary>The text in one line: without control characters and with single blanks, so that a value cannot begin a line, a paragraph or a header of its own.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}
