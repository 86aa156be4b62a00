using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary><c>std.manifestJson</c> and its variants. Their numbers are the shortest that read back equal, unlike those of the output.</summary>
internal static class StdManifestJson
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("manifestJson", "value", a => Manifest(a.Evaluator, a[0], "    ", "\n", ": "));
        std.Strict("manifestJsonMinified", "value", a => Manifest(a.Evaluator, a[0], "", "", ":"));
        std.Strict("manifestJsonEx", "value indent newline? key_val_sep?", a => Manifest(
            a.Evaluator, a[0], a.Text(1), a.Has(2) ? a.Text(2) : "\n", a.Has(3) ? a.Text(3) : ": "));
    }

    private static StringValue Manifest(Evaluator evaluator, Value value, string indent, string newline, string separator)
    {
        var writer = new Writer(new TextOutput(evaluator), indent, newline, separator);
        writer.Write(value, "", "");
        return writer.Output.ToValue();
    }

    /// <summary>A JSON string as other JSON libraries write it: DEL and its followers stay, the separators U+2028 and U+2029 are escaped.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\b' or '\f' or '\n' or '\r' or '\t':
                    quoted.Append('\\').Append(c switch { '\b' => 'b', '\f' => 'f', '\n' => 'n', '\r' => 'r', _ => 't' });
                    break;
                case < ' ' or '\u2028' or '\u2029':
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    private sealed class Writer(TextOutput output, string indent, string newline, string separator)
    {
        public TextOutput Output { get; } = output;

        private Evaluator Evaluator => Output.Evaluator;

        /// <param name="value">What to write.</param>
        /// <param name="margin">Indentation of the line it is in.</param>
        /// <param name="path">Where it is, for errors.</param>
        public void Write(Value value, string margin, string path)
        {
            switch (value)
            {
                case NumberValue number:
                    Output.Append(Numbers.ToShortestText(number.Content));
                    break;
                case StringValue text:
                    Output.Append(Quote(text.Text));
                    break;
                case FunctionValue:
                    throw Evaluator.Fail($"tried to manifest function at [{path.TrimStart()}]");
                case ArrayValue array:
                    Output.Nested(() => WriteArray(array, margin, path));
                    break;
                case ObjectValue obj:
                    Output.Nested(() => WriteObject(obj, margin, path));
                    break;
                default:
                    Output.Append(Manifester.ToText(Evaluator, value, ManifestLayout.OneLine));
                    break;
            }
        }

        private void WriteArray(ArrayValue array, string margin, string path)
        {
            Output.Append("[").Append(newline);
            for (var i = 0; i < array.Length; i++)
            {
                Output.Append(i == 0 ? "" : "," + newline).Append(margin).Append(indent);
                Write(array.Elements[i].Get(Evaluator), margin + indent, string.Create(CultureInfo.InvariantCulture, $"{path} {i}"));
            }

            Output.Append(newline).Append(margin).Append("]");
        }

        private void WriteObject(ObjectValue obj, string margin, string path)
        {
            Output.Append("{").Append(newline);
            var first = true;
            foreach (var name in obj.FieldNames(Evaluator, withHidden: false))
            {
                Output.Append(first ? "" : "," + newline).Append(margin).Append(indent).Append(Quote(name)).Append(separator);
                first = false;
                Write(obj.Get(Evaluator, name)!, margin + indent, $"{path} {name}");
            }

            Output.Append(newline).Append(margin).Append("}");
        }
    }
}
