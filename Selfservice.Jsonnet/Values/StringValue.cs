using System.Text;
using Selfservice.Jsonnet.Evaluation;

namespace Selfservice.Jsonnet.Values;

/// <summary>
/// A string. Its unit is the Unicode code point, its storage UTF-16: only strings with characters beyond the basic plane pay for the difference.
/// Concatenations are kept as pairs until the text is needed, so that building a string piece by piece takes linear time.
/// </summary>
internal sealed class StringValue : Value
{
    public static readonly StringValue Empty = new("");

    private string? _text;
    private StringValue? _left;
    private StringValue? _right;
    private int _codePoints = -1;

    public StringValue(string text)
    {
        _text = text;
        Utf16Length = text.Length;
    }

    private StringValue(StringValue left, StringValue right, int length)
    {
        _left = left;
        _right = right;
        Utf16Length = length;
    }

    public int Utf16Length { get; }

    public string Text => _text ?? Flatten();

    /// <summary>Length in code points; a lone surrogate counts as one.</summary>
    public int Length
    {
        get
        {
            if (_codePoints < 0)
                _codePoints = CodePoints.Count(Text);
            return _codePoints;
        }
    }

    public bool HasAstral => Length != Utf16Length;

    public override string TypeName => "string";

    public static StringValue Of(string text) => text.Length == 0 ? Empty : new StringValue(text);

    public static StringValue Concat(Evaluator evaluator, StringValue left, StringValue right)
    {
        if (left.Utf16Length == 0)
            return right;
        if (right.Utf16Length == 0)
            return left;
        var length = (long)left.Utf16Length + right.Utf16Length;
        evaluator.Charge(64 + length * 2);
        if (length < 256)
            return new StringValue(string.Concat(left.Text, right.Text));
        return new StringValue(left, right, (int)length);
    }

    private string Flatten()
    {
        var text = string.Create(Utf16Length, this, static (buffer, whole) =>
        {
            // Right to left with a stack of our own: the pairs may lean to either side, thousands deep.
            var end = buffer.Length;
            var pending = new Stack<StringValue>();
            pending.Push(whole);
            while (pending.TryPop(out var part))
            {
                if (part._text is { } ready)
                {
                    end -= ready.Length;
                    ready.CopyTo(buffer[end..]);
                    continue;
                }

                pending.Push(part._left!);
                pending.Push(part._right!);
            }
        });
        _text = text;
        _left = _right = null;
        return text;
    }
}

/// <summary>Code points in UTF-16 text.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDBFF'))
            return count;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                count--;
        }

        return count;
    }

    /// <summary>The UTF-16 offset of the code point at <paramref name="index"/>; the length of the text when there are fewer.</summary>
    public static int Offset(StringValue value, int index)
    {
        if (index >= value.Length)
            return value.Utf16Length;
        if (!value.HasAstral)
            return index;
        var text = value.Text;
        var offset = 0;
        for (; index > 0; index--)
            offset += Width(text, offset);
        return offset;
    }

    public static int Width(string text, int offset) =>
        char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1]) ? 2 : 1;

    public static int At(string text, int offset) =>
        Width(text, offset) == 2 ? char.ConvertToUtf32(text[offset], text[offset + 1]) : char.IsSurrogate(text[offset]) ? 0xFFFD : text[offset];

    public static string ToText(int codePoint) =>
        Rune.IsValid(codePoint) ? new Rune(codePoint).ToString() : "\uFFFD";

    /// <summary>Order by code point; UTF-16 order differs where a surrogate meets U+E000 or more.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        return Weight(left[common]).CompareTo(Weight(right[common]));
    }

    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;

    public static readonly IComparer<string> Order = Comparer<string>.Create(Compare);
}
