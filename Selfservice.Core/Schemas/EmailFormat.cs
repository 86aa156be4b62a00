namespace Selfservice.Schemas;

/// <summary>E-mail addresses: RFC 5322 without comments and with a host name after the at sign, so that mail can be sent there.</summary>
internal static class EmailFormat
{
    private const string AtomCharacters = "!#$%&'*+-/=?^_`{|}~";

    public static bool IsEmail(string value)
    {
        var at = value.LastIndexOf('@');
        if (at is < 1 or > 64 || System.Text.Encoding.UTF8.GetByteCount(value) > 254 || !HostFormats.IsHost(value[(at + 1)..]))
            return false;
        var local = value.AsSpan(0, at);
        return local[0] == '"' ? IsQuoted(local) : IsDotAtom(local, allowUnicode: true);
    }

    public static bool IsLoose(string value)
    {
        var at = value.LastIndexOf('@');
        if (at < 1 || System.Text.Encoding.UTF8.GetByteCount(value) > 320)
            return false;
        foreach (var c in value.AsSpan(0, at))
            if (!char.IsLetterOrDigit(c) && c != '.' && !AtomCharacters.Contains(c, StringComparison.Ordinal))
                return false;
        return HostFormats.ToAscii(value[(at + 1)..]) is { } host && HostFormats.IsHost(host);
    }

    private static bool IsDotAtom(ReadOnlySpan<char> local, bool allowUnicode)
    {
        var previous = '.';
        foreach (var c in local)
        {
            if (c == '.' ? previous == '.' : !(char.IsAsciiLetterOrDigit(c) || AtomCharacters.Contains(c, StringComparison.Ordinal) || (allowUnicode && char.IsLetterOrDigit(c))))
                return false;
            previous = c;
        }

        return previous != '.';
    }

    private static bool IsQuoted(ReadOnlySpan<char> local)
    {
        if (local.Length < 3 || local[^1] != '"')
            return false;
        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '\\' && ++i >= local.Length - 1)
                return false;
            if (local[i] is < ' ' or '\u007f' || (local[i] == '"' && local[i - 1] != '\\'))
                return false;
        }

        return true;
    }
}
