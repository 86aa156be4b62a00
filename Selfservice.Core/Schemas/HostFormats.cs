using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Selfservice.Schemas;

/// <summary>Host names (RFC 1123) and addresses.</summary>
internal static class HostFormats
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>A host name without encoded labels: whether those are valid takes the tables of IDNA 2008.</summary>
    public static bool IsHostname(string value) => IsHost(value) && Array.TrueForAll(value.Split('.'), label => label.Length < 4 || label[2] != '-' || label[3] != '-');

    /// <summary>A host name whose labels may be encoded (<c>xn--</c>), as the domain of an address is.</summary>
    public static bool IsHost(string value) => value.Length is > 0 and <= 253 && Array.TrueForAll(value.Split('.'), IsLabel);

    public static bool IsIPv4(string value)
    {
        var parts = value.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, IsOctet);
    }

    public static bool IsIPv6(string value)
    {
        foreach (var c in value)
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
                return false;
        if (!IPAddress.TryParse(value, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        var last = value[(value.LastIndexOf(':') + 1)..];
        return !last.Contains('.', StringComparison.Ordinal) || IsIPv4(last);
    }

    public static string? ToAscii(string host)
    {
        try
        {
            return Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            return false;
        foreach (var c in label)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return false;
        return true;
    }

    private static bool IsOctet(string part) =>
        part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255;
}
