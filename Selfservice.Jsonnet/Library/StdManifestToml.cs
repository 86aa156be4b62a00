using System.Globalization;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary><c>std.manifestToml</c>: key and value lines of a table first, then its sub-tables.</summary>
internal static class StdManifestToml
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("manifestToml", "value", a => Manifest(a, "  "));
        std.Strict("manifestTomlEx", "value indent", a => Manifest(a, a.Text(1)));
    }

    private static StringValue Manifest(Arguments a, string indent)
    {
        if (a[0] is not ObjectValue table)
            throw a.Evaluator.Fail($"TOML body must be an object. Got {a[0].TypeName}");
        var writer = new Writer(new TextOutput(a.Evaluator), indent);
        writer.WriteTable(table, [], [], "");
        return writer.Output.ToValue();
    }

    private sealed class Writer(TextOutput output, string indent)
    {
        public TextOutput Output { get; } = output;

        private Evaluator Evaluator => Output.Evaluator;

        /// <param name="table">The table.</param>
        /// <param name="header">Its name, part by part.</param>
        /// <param name="path">Where it is, with indexes, for errors.</param>
        /// <param name="margin">Indentation.</param>
        public void WriteTable(ObjectValue table, string[] header, string[] path, string margin)
        {
            var sections = new List<(string Name, Value Value)>();
            var lines = 0;
            foreach (var name in table.FieldNames(Evaluator, withHidden: false))
            {
                var value = table.Get(Evaluator, name)!;
                if (IsSection(value))
                {
                    sections.Add((name, value));
                    continue;
                }

                Output.Append(lines++ == 0 ? "" : "\n").Append(margin).Append(Key(name)).Append(" = ");
                WriteValue(value, [.. path, name], isInline: false, margin);
            }

            foreach (var (name, value) in sections)
                Output.Nested(() => WriteSection(value, [.. header, name], [.. path, name], margin));
        }

        private bool IsSection(Value value) => value is ObjectValue
            || (value is ArrayValue { Length: > 0 } array && Array.TrueForAll(array.Elements, element => element.Get(Evaluator) is ObjectValue));

        private void WriteSection(Value value, string[] header, string[] path, string margin)
        {
            var title = string.Join('.', header.Select(Key));
            if (value is ObjectValue table)
            {
                WriteTitled($"[{title}]", table, header, path, margin);
                return;
            }

            var elements = ((ArrayValue)value).Elements;
            for (var i = 0; i < elements.Length; i++)
            {
                var index = i.ToString(CultureInfo.InvariantCulture);
                WriteTitled($"[[{title}]]", (ObjectValue)elements[i].Get(Evaluator), header, [.. path, index], margin);
            }
        }

        private void WriteTitled(string title, ObjectValue table, string[] header, string[] path, string margin)
        {
            Output.Append("\n\n").Append(margin).Append(title);
            if (StdTypes.Length(Evaluator, table) > 0)
                Output.Append("\n");
            WriteTable(table, header, path, margin + indent);
        }

        private void WriteValue(Value value, string[] path, bool isInline, string margin)
        {
            switch (value)
            {
                case StringValue text:
                    Output.Quoted(text.Text);
                    break;
                case ArrayValue array:
                    Output.Nested(() => WriteArray(array, path, isInline, margin));
                    break;
                case ObjectValue obj:
                    Output.Nested(() => WriteInlineTable(obj, path));
                    break;
                case NullValue:
                    throw Evaluator.Fail($"Tried to manifest \"null\" at [{string.Join(' ', path)}]");
                case FunctionValue:
                    throw Evaluator.Fail($"Tried to manifest function at [{string.Join(' ', path)}]");
                default:
                    Output.Append(Manifester.ToText(Evaluator, value, ManifestLayout.OneLine));
                    break;
            }
        }

        private void WriteArray(ArrayValue array, string[] path, bool isInline, string margin)
        {
            if (array.Length == 0)
            {
                Output.Append("[]");
                return;
            }

            var separator = isInline ? " " : "\n";
            Output.Append("[").Append(separator);
            for (var i = 0; i < array.Length; i++)
            {
                Output.Append(i == 0 ? "" : "," + separator).Append(isInline ? "" : margin + indent);
                var index = i.ToString(CultureInfo.InvariantCulture);
                WriteValue(array.Elements[i].Get(Evaluator), [.. path, index], isInline: true, "");
            }

            Output.Append(separator).Append(isInline ? "" : margin).Append("]");
        }

        private void WriteInlineTable(ObjectValue obj, string[] path)
        {
            Output.Append("{ ");
            var first = true;
            foreach (var name in obj.FieldNames(Evaluator, withHidden: false))
            {
                Output.Append(first ? "" : ", ").Append(Key(name)).Append(" = ");
                first = false;
                WriteValue(obj.Get(Evaluator, name)!, [.. path, name], isInline: true, "");
            }

            Output.Append(" }");
        }

        /// <summary>Bare where TOML allows it, '' for the empty key, else quoted.</summary>
        private static string Key(string name) =>
            name.Length == 0 ? "''" : name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : StdStrings.QuoteJson(name);
    }
}
