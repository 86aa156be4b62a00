using System.Buffers.Text;
using System.Text;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>An answer of the range protocol: lines of SUFFIX:COUNT, where the suffix is the last 35 hexadecimal digits of a SHA-1.</summary>
internal static class BreachRange
{
    /// <summary>The count that stands with the suffix; 1 where the line has none, 0 where no line has the suffix (or only a padding line).</summary>
    public static long CountOf(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> suffix)
    {
        foreach (var range in answer.Split((byte)'\n'))
        {
            var line = answer[range].Trim("\r \t"u8);
            if (line.Length < suffix.Length || !Ascii.EqualsIgnoreCase(line[..suffix.Length], suffix))
                continue;
            if (line.Length == suffix.Length)
                return 1;
            if (line[suffix.Length] != (byte)':')
                continue;
            // A count that cannot be read must not clear a password that was found.
            var digits = line[(suffix.Length + 1)..];
            return Utf8Parser.TryParse(digits, out long count, out var read) && read == digits.Length && count >= 0 ? count : 1;
        }

        return 0;
    }
}
