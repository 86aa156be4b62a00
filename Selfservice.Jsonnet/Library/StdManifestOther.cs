using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Values as INI files, Python and XML.</summary>
internal static class StdManifestOther
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("manifestIni", "ini", Ini);
        std.Strict("manifestPython", "v", a =>
        {
            var output = new TextOutput(a.Evaluator);
            WritePython(output, a[0]);
            return output.ToValue();
        });
        std.Strict("manifestPythonVars", "conf", PythonVariables);
        std.Strict("manifestXmlJsonml", "value", a =>
        {
            if (a[0] is not ArrayValue element)
                throw a.Evaluator.Fail($"Expected a JSONML value (an array), got {a[0].TypeName}");
            var output = new TextOutput(a.Evaluator);
            WriteElement(output, element);
            return output.ToValue();
        });
    }

    private static StringValue Ini(Arguments a)
    {
        var output = new TextOutput(a.Evaluator);
        var ini = a.Object(0);
        if (ini.Shows("main"))
            WriteSection(output, a.Evaluator.AsObject(Operators.Field(a.Evaluator, ini, "main")));
        var sections = a.Evaluator.AsObject(Operators.Field(a.Evaluator, ini, "sections"));
        foreach (var name in sections.FieldNames(a.Evaluator, withHidden: false))
        {
            output.Append("[").Append(name).Append("]\n");
            WriteSection(output, a.Evaluator.AsObject(sections.Get(a.Evaluator, name)!));
        }

        return output.ToValue();
    }

    private static void WriteSection(TextOutput output, ObjectValue body)
    {
        foreach (var name in body.FieldNames(output.Evaluator, withHidden: false))
        {
            var value = body.Get(output.Evaluator, name)!;
            // An array stands for several lines with the same key.
            foreach (var cell in value is ArrayValue array ? array.Elements : [value])
            {
                var text = Manifester.ToStringValue(output.Evaluator, cell.Get(output.Evaluator)).Text;
                output.Append(name).Append(" = ").Append(text).Append("\n");
            }
        }
    }

    private static StringValue PythonVariables(Arguments a)
    {
        var output = new TextOutput(a.Evaluator);
        var variables = a.Object(0);
        foreach (var name in variables.FieldNames(a.Evaluator, withHidden: false))
        {
            output.Append(name).Append(" = ");
            WritePython(output, variables.Get(a.Evaluator, name)!);
            output.Append("\n");
        }

        return output.ToValue();
    }

    private static void WritePython(TextOutput output, Value value)
    {
        switch (value)
        {
            case NullValue:
                output.Append("None");
                break;
            case BooleanValue boolean:
                output.Append(boolean.Content ? "True" : "False");
                break;
            case StringValue text:
                output.Quoted(text.Text);
                break;
            case NumberValue number:
                output.Append(Numbers.ToText(number.Content));
                break;
            case FunctionValue:
                throw output.Evaluator.Fail("cannot manifest function");
            default:
                output.Nested(() => WritePythonCollection(output, value));
                break;
        }
    }

    private static void WritePythonCollection(TextOutput output, Value value)
    {
        if (value is ArrayValue array)
        {
            output.Append("[");
            for (var i = 0; i < array.Length; i++)
            {
                output.Append(i == 0 ? "" : ", ");
                WritePython(output, array.Elements[i].Get(output.Evaluator));
            }

            output.Append("]");
            return;
        }

        var obj = (ObjectValue)value;
        var names = obj.FieldNames(output.Evaluator, withHidden: false);
        output.Append("{");
        for (var i = 0; i < names.Length; i++)
        {
            output.Append(i == 0 ? "" : ", ").Quoted(names[i]).Append(": ");
            WritePython(output, obj.Get(output.Evaluator, names[i])!);
        }

        output.Append("}");
    }

    /// <summary>JsonML: an array of the tag, perhaps attributes, and children. Nothing is escaped: that is the program's business.</summary>
    private static void WriteXml(TextOutput output, Value value)
    {
        if (value is StringValue text)
            output.Append(text.Text);
        else
            output.Nested(() => WriteElement(output, value));
    }

    private static void WriteElement(TextOutput output, Value value)
    {
        var evaluator = output.Evaluator;
        var tag = evaluator.AsString(Operators.Index(evaluator, value, NumberValue.Of(0))).Text;
        var element = evaluator.AsArray(value);
        var children = 1;
        output.Append("<").Append(tag);
        if (element.Length > 1 && element.Elements[1].Get(evaluator) is ObjectValue attributes)
        {
            children = 2;
            foreach (var name in attributes.FieldNames(evaluator, withHidden: false))
            {
                var text = Manifester.ToStringValue(evaluator, attributes.Get(evaluator, name)!).Text;
                output.Append(" ").Append(name).Append("=\"").Append(text).Append("\"");
            }
        }

        output.Append(">");
        for (var i = children; i < element.Length; i++)
            WriteXml(output, element.Elements[i].Get(evaluator));
        output.Append("</").Append(tag).Append(">");
    }
}
