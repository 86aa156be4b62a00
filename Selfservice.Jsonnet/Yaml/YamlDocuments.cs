using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Yaml;

/// <summary>A text as YAML, cut into documents as the reference cuts it: at lines that are nothing but <c>---</c>.</summary>
internal static class YamlDocuments
{
    /// <summary>The document; an array of documents when the text has any such line.</summary>
    public static Value Read(Evaluator evaluator, string text)
    {
        var documents = new List<Cell>();
        var isStream = false;
        var document = new StringBuilder();
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').AsSpan();
        // What follows the last line feed is no line.
        foreach (var line in lines[^1].Length == 0 ? lines[..^1] : lines)
        {
            evaluator.Step();
            var isSeparator = line.StartsWith("---", StringComparison.Ordinal) && line.AsSpan(3).IsWhiteSpace();
            isStream |= isSeparator;
            // The first of all lines separates nothing, but is part of its document.
            if (isSeparator && document.Length > 0)
                Take();
            else
                document.Append(line).Append('\n');
        }

        if (document.Length > 0 || documents.Count == 0)
            Take();
        return isStream ? new ArrayValue([.. documents]) : (Value)documents[0];

        void Take()
        {
            documents.Add(new YamlReader(evaluator, document.ToString()).Read());
            document.Clear();
        }
    }
}
