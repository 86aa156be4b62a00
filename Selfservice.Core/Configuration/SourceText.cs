using System.Text;

namespace Selfservice.Configuration;

/// <summary>Reads texts that configuration names: <c>base64://</c> with the text itself, or <c>file://</c> with its path.</summary>
public static class SourceText
{
    private const string Inline = "base64://";
    private const string File = "file://";

    /// <summary>The text.</summary>
    /// <exception cref="FormatException">It cannot be read; the message is the part of a sentence that says why.</exception>
    public static string Read(string uri)
    {
        if (uri.StartsWith(Inline, StringComparison.Ordinal))
        {
            var bytes = new byte[uri.Length];
            return Convert.TryFromBase64String(uri[Inline.Length..], bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length)
                : throw new FormatException("is no Base64 after base64://; encode the text in the standard alphabet");
        }

        if (!uri.StartsWith(File, StringComparison.Ordinal))
            throw new FormatException("must be base64:// with the text or file:// with its path; other places are not read");
        try
        {
            return System.IO.File.ReadAllText(uri[File.Length..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"names a file that cannot be read ({e.Message})", e);
        }
    }
}
