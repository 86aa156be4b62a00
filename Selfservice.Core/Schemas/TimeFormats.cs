using System.Globalization;
using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <summary>Dates and times of RFC 3339, section 5.6, without leap seconds.</summary>
internal static partial class TimeFormats
{
    public static bool IsDate(string value) =>
        value.Length == 10 && value.All(c => char.IsAsciiDigit(c) || c == '-')
        && DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool IsTime(string value) => Time().IsMatch(value);

    public static bool IsDateTime(string value) => value.Length > 11 && value[10] is 'T' or 't' && IsDate(value[..10]) && IsTime(value[11..]);

    [GeneratedRegex(@"\A(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])\z", RegexOptions.None, 1000)]
    private static partial Regex Time();
}
