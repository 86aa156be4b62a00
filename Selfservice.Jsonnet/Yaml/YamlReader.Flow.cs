using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Yaml;

internal sealed partial class YamlReader
{
    /// <summary>A collection in brackets or braces; indentation means nothing inside.</summary>
    private Value ReadFlow()
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(ReadFlow);
        evaluator.Charge(96);
        var site = evaluator.Enter();
        Value value = Current == '[' ? ReadFlowSequence() : ReadFlowMapping();
        evaluator.Leave(site);
        return value;
    }

    private ArrayValue ReadFlowSequence()
    {
        _position++;
        var elements = new List<Cell>();
        while (true)
        {
            SkipToContent(isFlow: true);
            if (TakeClose(']'))
                return new ArrayValue([.. elements]);
            evaluator.Step();
            var value = ReadFlowNode();
            SkipToContent(isFlow: true);
            if (Current == ':' && !AtEnd)
            {
                // A pair without braces is a mapping of one field.
                _position++;
                var pair = new Mapping();
                pair.Add(KeyText(value), ReadFlowNode(), this);
                value = pair.ToValue();
            }

            elements.Add(value);
            TakeComma(']');
        }
    }

    private ObjectValue ReadFlowMapping()
    {
        _position++;
        var fields = new Mapping();
        while (true)
        {
            SkipToContent(isFlow: true);
            if (TakeClose('}'))
                return fields.ToValue();
            evaluator.Step();
            var key = KeyText(ReadFlowNode());
            SkipToContent(isFlow: true);
            Value value = NullValue.Instance;
            if (Current == ':' && !AtEnd)
            {
                _position++;
                value = ReadFlowNode();
            }

            fields.Add(key, value, this);
            TakeComma('}');
        }
    }

    private bool TakeClose(char close)
    {
        if (AtEnd)
            throw Fail($"did not find expected ',' or '{close}'");
        if (Current != close)
            return false;
        _position++;
        return true;
    }

    private void TakeComma(char close)
    {
        SkipToContent(isFlow: true);
        if (!AtEnd && Current == ',')
            _position++;
        else if (AtEnd || Current != close)
            throw Fail($"did not find expected ',' or '{close}'");
    }

    private Value ReadFlowNode()
    {
        SkipToContent(isFlow: true);
        var (anchor, tag) = ReadProperties();
        SkipToContent(isFlow: true);
        if (AtEnd)
            throw Fail("found unexpected end of stream");
        var value = Current switch
        {
            '[' or '{' => ReadFlow(),
            '*' => ReadAlias(),
            '"' or '\'' => YamlScalar.Tagged(ReadQuoted(), tag),
            ',' or ']' or '}' => YamlScalar.Resolve("", tag),
            _ => YamlScalar.Resolve(ReadPlain(-1, isFlow: true), tag),
        };
        return Remember(anchor, value);
    }
}
