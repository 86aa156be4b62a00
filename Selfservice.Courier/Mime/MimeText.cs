using System.Globalization;
using System.Text;

namespace Selfservice.Courier.Mime;

/// <summary>The two encodings that mail needs for text.</summary>
internal static class MimeText
{
    // RFC 2045, 6.7 (5): lines of at most 76 characters, the soft break included.
    private const int LongestLine = 76;

    // RFC 2047, 2: a line with encoded words has at most 76 characters; 39 bytes make 52 of Base64, 12 frame them, and the rest is for the header's name.
    private const int LongestWordBytes = 39;

    // RFC 5322, 2.1.1: a line has at most 998 characters; longer text is folded between encoded words.
    private const int LongestPlainText = 900;

    /// <summary>Quoted-printable, RFC 2045, 6.7. Line ends become CRLF.</summary>
    public static string QuotedPrintable(string text)
    {
        var encoded = new StringBuilder(text.Length + (text.Length / 8));
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (encoded.Length > 0)
                encoded.Append("\r\n");
            EncodeLine(Encoding.UTF8.GetBytes(line), encoded);
        }

        return encoded.ToString();
    }

    /// <summary>A header's text as encoded words, RFC 2047, where it is not printable ASCII or too long for a line.</summary>
    public static string HeaderText(string text)
    {
        if (text.Length <= LongestPlainText && !text.Any(c => c is < ' ' or > '~') && !text.Contains("=?", StringComparison.Ordinal))
            return text;
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            // 5 (3): a character is never split between two words.
            if (word.Count + bytes.Length > LongestWordBytes)
                EndWord();
            word.AddRange(bytes);
        }

        EndWord();
        return string.Join("\r\n ", words);

        void EndWord()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
            word.Clear();
        }
    }

    private static void EncodeLine(byte[] line, StringBuilder encoded)
    {
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var b = line[i];
            // (2), (3): printable ASCII but the equals sign stands for itself; blanks do, unless they end the line.
            var plain = b is >= (byte)'!' and <= (byte)'~' and not (byte)'=' || (b is (byte)' ' or (byte)'\t' && i < line.Length - 1);
            var width = plain ? 1 : 3;
            if (length + width > LongestLine - 1)
            {
                encoded.Append("=\r\n");
                length = 0;
            }

            if (plain)
                encoded.Append((char)b);
            else
                encoded.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            length += width;
        }
    }
}
