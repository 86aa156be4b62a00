using System.Text;

namespace Selfservice.Jsonnet.Values;

/// <summary>Text from UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>The text. Each byte that belongs to no character becomes a U+FFFD of its own, as the reference has it; .NET makes one of a whole torn sequence.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            var isCharacter = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (isCharacter)
                text.Append(units[..rune.EncodeToUtf16(units)]);
            else
                text.Append('\uFFFD', length);
            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
