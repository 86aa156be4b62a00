using System.Globalization;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Yaml;

/// <summary>
/// Reads one document of YAML 1.1 as far as documents of data use it: block and flow collections, all scalar styles, anchors, merge keys, and the
/// tags of scalars.
/// </summary>
internal sealed partial class YamlReader(Evaluator evaluator, string source)
{
    private readonly string _text = source;
    private readonly Dictionary<string, Value> _anchors = new(StringComparer.Ordinal);
    private int _position;

    private bool AtEnd => _position >= _text.Length;

    private char Current => AtEnd ? '\n' : _text[_position];

    private char Next => _position + 1 < _text.Length ? _text[_position + 1] : '\n';

    private int Column => _position - (_position == 0 ? 0 : _text.LastIndexOf('\n', _position - 1) + 1);

    /// <summary>The document; null if there is none. What comes after its end is not looked at.</summary>
    public Value Read()
    {
        SkipToContent();
        if (AtMarker("---"))
            _position += 3;
        var document = ReadNode(-1);
        SkipToContent();
        if (!AtEnd && !AtMarker("---") && !AtMarker("..."))
            throw Fail("did not expect this");
        return document;
    }

    private YamlException Fail(string problem)
    {
        var line = 1 + _text.AsSpan(0, Math.Min(_position, _text.Length)).Count('\n');
        return new YamlException(string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}"));
    }

    private bool AtMarker(string marker) => string.CompareOrdinal(_text, _position, marker, 0, 3) == 0 && Column == 0
        && (_position + 3 >= _text.Length || _text[_position + 3] is ' ' or '\n' or '\t');

    private bool AtBlank => AtEnd || Current is ' ' or '\t' or '\n';

    private void SkipSpaces()
    {
        while (!AtEnd && Current is ' ' or '\t')
            _position++;
    }

    private bool AtComment => !AtEnd && Current == '#' && (_position == 0 || _text[_position - 1] is ' ' or '\t' or '\n');

    /// <param name="isFlow">Whether it is inside brackets: elsewhere no tab may indent a line.</param>
    private void SkipToContent(bool isFlow = false)
    {
        while (!AtEnd)
        {
            if (!isFlow && Column == 0)
                SkipIndentation();
            SkipSpaces();
            if (AtComment)
                _position = _text.IndexOf('\n', _position) is var end && end < 0 ? _text.Length : end;
            if (AtEnd || Current != '\n')
                break;
            _position++;
        }
    }

    private void SkipIndentation()
    {
        while (!AtEnd && Current == ' ')
            _position++;
        if (!AtEnd && Current == '\t')
            throw Fail("found character that cannot start any token");
    }

    /// <summary>A node whose lines are indented more than its parent; an empty scalar when there is none.</summary>
    private Value ReadNode(int parent, string? tag = null)
    {
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => ReadNode(parent, tag));
        evaluator.Charge(96);
        var site = evaluator.Enter();
        SkipToContent();
        var isEmpty = AtEnd || Column <= parent || AtMarker("---") || AtMarker("...");
        var value = isEmpty ? YamlScalar.Resolve("", tag) : ReadContent(parent, tag);
        evaluator.Leave(site);
        return value;
    }

    private Value ReadContent(int parent, string? outerTag)
    {
        var column = Column;
        var line = _position;
        var (anchor, ownTag) = ReadProperties();
        var tag = ownTag ?? outerTag;
        if (_position > line)
        {
            SkipSpaces();
            var isBelow = AtComment || Current == '\n';
            return Remember(anchor, isBelow ? ReadNode(parent, tag) : ReadContent(parent, tag));
        }

        if (Current == '-' && Next is ' ' or '\n' or '\t')
            return ReadSequence(column);
        if (IsImplicitKey() || (Current == '?' && Next is ' ' or '\n'))
            return ReadMapping(column);
        return ReadScalarOrFlow(parent, tag);
    }

    private (string? Anchor, string? Tag) ReadProperties()
    {
        string? anchor = null;
        string? tag = null;
        while (!AtEnd && Current is '&' or '!')
        {
            var kind = Current;
            var start = ++_position;
            while (!AtBlank && Current is not (',' or ']' or '}'))
                _position++;
            var name = _text[start.._position];
            if (kind == '&')
                anchor = name;
            // An exclamation mark alone says nothing.
            if (kind == '!' && name.Length > 0)
                tag = name;
            if (Current is ' ')
                SkipSpaces();
        }

        return (anchor, tag);
    }

    private Value Remember(string? anchor, Value value)
    {
        if (anchor is not null)
            _anchors[anchor] = value;
        return value;
    }

    private Value ReadScalarOrFlow(int parent, string? tag) => Current switch
    {
        '[' or '{' => ReadFlow(),
        '*' => ReadAlias(),
        '"' or '\'' => YamlScalar.Tagged(ReadQuoted(), tag),
        '|' or '>' => YamlScalar.Tagged(ReadBlockScalar(parent), tag),
        '@' or '`' or '%' => throw Fail("found character that cannot start any token"),
        _ => YamlScalar.Resolve(ReadPlain(parent, isFlow: false), tag),
    };

    private Value ReadAlias()
    {
        var start = ++_position;
        while (!AtBlank && Current is not (',' or ']' or '}'))
            _position++;
        var name = _text[start.._position];
        return _anchors.TryGetValue(name, out var value) ? value : throw Fail($"unknown anchor '{name}' referenced");
    }

    private ArrayValue ReadSequence(int column)
    {
        var elements = new List<Cell>();
        while (!AtEnd && Column == column && Current == '-' && Next is ' ' or '\n' or '\t' && !AtMarker("---"))
        {
            evaluator.Step();
            _position++;
            SkipIndentation();
            elements.Add(ReadNode(column));
            SkipToContent();
        }

        if (!AtEnd && Column > column)
            throw Fail("did not find expected '-' indicator");
        return new ArrayValue([.. elements]);
    }

    /// <summary>Whether the line goes on as a key: a scalar in one line, then a colon and white space.</summary>
    private bool IsImplicitKey()
    {
        var start = _position;
        try
        {
            if (Current is '"' or '\'')
                ReadQuoted();
            else if (Current is '*')
                ReadAlias();
            else if (Current is '[' or '{' or '|' or '>')
                return false;
            else
                ReadPlainLine(isFlow: false);
            SkipSpaces();
            return Current == ':' && !AtEnd && Next is ' ' or '\n' or '\t' && _text.IndexOf('\n', start, _position - start) < 0;
        }
        finally
        {
            _position = start;
        }
    }

    private ObjectValue ReadMapping(int column)
    {
        var fields = new Mapping();
        while (!AtEnd && Column == column && !AtMarker("---") && !AtMarker("..."))
        {
            evaluator.Step();
            var isExplicit = Current == '?' && Next is ' ';
            var key = ReadKey();
            SkipSpaces();
            if (isExplicit)
                SkipToContent();
            if (Current == ':' && !AtEnd)
            {
                _position++;
                fields.Add(key, ReadMappingValue(column), this);
            }
            else
            {
                // Only behind a question mark may a key stand alone.
                fields.Add(key, isExplicit ? NullValue.Instance : throw Fail("could not find expected ':'"), this);
            }

            SkipToContent();
        }

        if (!AtEnd && Column > column)
            throw Fail("mapping values are not allowed in this context");
        return fields.ToValue();
    }

    private string ReadKey()
    {
        if (Current == '?' && Next is ' ')
        {
            _position++;
            SkipSpaces();
        }

        var (anchor, _) = ReadProperties();
        if (!IsImplicitKey() && Current is '[' or '{' or '|' or '>')
            throw Fail("a key must be a scalar");
        var value = Current switch
        {
            '"' or '\'' => ReadQuoted(),
            '*' => ReadAlias(),
            _ => YamlScalar.Resolve(ReadPlainLine(isFlow: false), null),
        };
        return KeyText(Remember(anchor, value));
    }

    private string KeyText(Value value) =>
        value is ArrayValue or ObjectValue ? throw Fail("a key must be a scalar") : Manifester.ToStringValue(evaluator, value).Text;

    private Value ReadMappingValue(int column)
    {
        SkipSpaces();
        if (!AtComment && Current != '\n')
        {
            if (Current is not ('&' or '!') && IsImplicitKey())
                throw Fail("mapping values are not allowed in this context");
            if (Current == '-' && Next is ' ' or '\n' or '\t')
                throw Fail("block sequence entries are not allowed in this context");
            return ReadNode(column);
        }

        SkipToContent();
        // A sequence may stand as far left as the key that it belongs to.
        var isSequence = !AtEnd && Column == column && Current == '-' && Next is ' ' or '\n' or '\t' && !AtMarker("---");
        return ReadNode(isSequence ? column - 1 : column);
    }
}
