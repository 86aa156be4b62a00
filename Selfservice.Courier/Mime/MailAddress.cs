using System.Globalization;

namespace Selfservice.Courier.Mime;

/// <summary>An address of a mail, with the name that readers see.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name; null for the address alone.</param>
internal sealed record MailAddress(string Address, string? Name = null)
{
    private static readonly IdnMapping DomainNames = new();

    /// <summary>Whether only servers that know RFC 6531 can take it: the part before the at sign has letters beyond ASCII.</summary>
    public bool NeedsUtf8 => Address[..At].Any(c => !char.IsAscii(c));

    private int At => Address.LastIndexOf('@');

    /// <summary>The address in the form that every server understands: the domain in its ASCII form (RFC 5891).</summary>
    /// <exception cref="FormatException">There is no at sign, the domain has no ASCII form, or a character would end the header or the command.</exception>
    public string OnTheWire
    {
        get
        {
            if (At < 1 || Address.Any(c => char.IsControl(c) || c is '<' or '>') || (Address.Contains(' ', StringComparison.Ordinal) && Address[0] != '"'))
                throw new FormatException("The address is none that mail can be sent to.");
            try
            {
                return Address[..(At + 1)] + (Address.All(char.IsAscii) ? Address[(At + 1)..] : DomainNames.GetAscii(Address[(At + 1)..]));
            }
            catch (ArgumentException e)
            {
                throw new FormatException("The domain of the address has no ASCII form.", e);
            }
        }
    }

    /// <summary>The address as a header has it (RFC 5322, 3.4).</summary>
    public string Header => string.IsNullOrEmpty(Name) ? OnTheWire
        : Name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-') ? $"{Name} <{OnTheWire}>"
        : Name.All(c => c is >= ' ' and <= '~') && !Name.Contains("=?", StringComparison.Ordinal) ? $"\"{Name.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{OnTheWire}>"
        : $"{MimeText.HeaderText(Name)} <{OnTheWire}>";

    /// <summary>The addresses of a header's value such as <c>a@example.org, Office &lt;b@example.org&gt;</c>.</summary>
    public static IEnumerable<MailAddress> ParseList(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
            part.IndexOf('<', StringComparison.Ordinal) is var open and >= 0 && part.EndsWith('>') ? new MailAddress(part[(open + 1)..^1].Trim(), part[..open].Trim().Trim('"')) : new MailAddress(part));
}
