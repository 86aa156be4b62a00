using System.Globalization;
using System.Text.RegularExpressions;

namespace Selfservice.Jsonnet.Library;

/// <summary>Which keys YAML reads as strings without quotes; in doubt they are quoted.</summary>
internal static partial class YamlKeys
{
    private static readonly HashSet<string> Reserved = new(
        ["true", "false", "yes", "no", "on", "off", "y", "n", ".nan", "-.inf", ".inf", "null", "-", "---"], StringComparer.OrdinalIgnoreCase);

    public static bool IsSafe(string key) =>
        Plain().IsMatch(key) && !Reserved.Contains(key) && !Date().IsMatch(key) && !Binary().IsMatch(key) && !Hexadecimal().IsMatch(key) && !IsNumber(key);

    /// <summary>Whether it reads as a number of either sign; one too large for a double does not.</summary>
    private static bool IsNumber(string key) => Infinity().IsMatch(key) || (Number().IsMatch(key)
        && double.IsFinite(double.Parse(key.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\A[A-Za-z0-9_/.-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(?:[0-9]*-){2}[0-9]*\z")]
    private static partial Regex Date();

    [GeneratedRegex(@"\A-?0b[01_]+\z")]
    private static partial Regex Binary();

    /// <summary>Anywhere in the key, as the reference has it.</summary>
    [GeneratedRegex("0x[0-9a-fA-F_]")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A(?:-?inf(?:inity)?|nan)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Infinity();

    /// <summary>Underscores may stand between digits.</summary>
    [GeneratedRegex(@"\A-?(?=\.?[0-9])(?:[0-9]+(?:_[0-9]+)*)?(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?(?:[eE]-?[0-9]+(?:_[0-9]+)*)?\z")]
    private static partial Regex Number();
}
