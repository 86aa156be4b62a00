using System.Globalization;
using System.Text;

namespace Selfservice.Courier.Mime;

/// <summary>A mail as it goes over the wire: RFC 5322 with a text and an HTML part (RFC 2046, 5.1.4).</summary>
internal sealed class MimeMessage
{
    private readonly StringBuilder _headers = new();

    private MimeMessage(MailAddress from, IReadOnlyList<MailAddress> recipients)
    {
        From = from;
        Recipients = recipients;
    }

    /// <summary>The sender.</summary>
    public MailAddress From { get; }

    /// <summary>Everybody who gets it, those of <c>Cc</c> and <c>Bcc</c> too.</summary>
    public IReadOnlyList<MailAddress> Recipients { get; }

    /// <summary>Whether only servers that know RFC 6531 can take it.</summary>
    public bool NeedsUtf8 => From.NeedsUtf8 || Recipients.Any(r => r.NeedsUtf8);

    /// <summary>The whole mail with CRLF line ends.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Writes a message as a mail.</summary>
    /// <param name="outgoing">The message.</param>
    /// <param name="options">Sender and further headers.</param>
    /// <exception cref="FormatException">A header would break out of its line, or an address is none.</exception>
    public static MimeMessage Write(OutgoingMessage outgoing, SmtpOptions options)
    {
        var message = outgoing.Message;
        var (from, to) = (new MailAddress(options.FromAddress, options.FromName), new MailAddress(message.Recipient));
        var copies = options.Headers.Where(h => IsAny(h.Key, "Cc", "Bcc")).SelectMany(h => MailAddress.ParseList(h.Value));
        var mail = new MimeMessage(from, [to, .. copies]);
        mail.Header("Date", message.CreatedAt.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        mail.Header("From", from.Header);
        mail.Header("To", to.Header);
        mail.Header("Subject", MimeText.HeaderText(message.Subject));
        // The same in every attempt, so that a receiver can drop a repeat.
        mail.Header("Message-ID", $"<{message.Id:N}@{from.OnTheWire[(from.OnTheWire.LastIndexOf('@') + 1)..]}>");
        // RFC 3834: so that no absence note comes back.
        if (!options.Headers.ContainsKey("Auto-Submitted"))
            mail.Header("Auto-Submitted", "auto-generated");
        foreach (var (name, value) in options.Headers.Where(h => !IsAny(h.Key, "Bcc")))
            mail.Header(name, MimeText.HeaderText(value));
        mail.Header("MIME-Version", "1.0");
        mail.Text = mail.Body(outgoing);
        return mail;
    }

    /// <summary>Whether a name can be a header's (RFC 5322, 2.2) and is not one that this writer sets itself.</summary>
    public static bool IsFreeHeader(string name) =>
        name.Length > 0 && name.All(c => c is > ' ' and <= '~' and not ':') && !IsAny(name, "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding");

    private static bool IsAny(string name, params ReadOnlySpan<string> names)
    {
        foreach (var candidate in names)
        {
            if (name.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private void Header(string name, string value)
    {
        // The only line ends are those that folding puts before a blank (RFC 5322, 2.2.3).
        if (value.Replace("\r\n ", "", StringComparison.Ordinal).Any(char.IsControl))
            throw new FormatException($"The header {name} has a control character.");
        _headers.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private string Body(OutgoingMessage outgoing)
    {
        // Quoted-printable writes the equals sign as =3D, so no line of a part can begin with this.
        var boundary = $"=_{outgoing.Message.Id:N}";
        if (outgoing.HtmlBody is null)
            return _headers + Part("plain", outgoing.Message.Body);
        Header("Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        // The last part is the one that readers prefer.
        return $"{_headers}\r\n--{boundary}\r\n{Part("plain", outgoing.Message.Body)}\r\n--{boundary}\r\n{Part("html", outgoing.HtmlBody)}\r\n--{boundary}--\r\n";
    }

    private static string Part(string subtype, string text) =>
        $"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{MimeText.QuotedPrintable(text)}";
}
