namespace Selfservice.Jsonnet.Library;

/// <summary>Which keys YAML reads as strings without quotes; in doubt they are quoted.</summary>
internal static class YamlKeys
{
    private static readonly HashSet<string> Reserved = new(
        ["true", "false", "yes", "no", "on", "off", "y", "n", ".nan", "-.inf", "+.inf", ".inf", "null", "-", "---", ""],
        StringComparer.OrdinalIgnoreCase);

    public static bool IsSafe(string key)
    {
        if (!key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/' or '.') || Reserved.Contains(key))
            return false;
        var dashes = key.Count(c => c == '-');
        var isDate = dashes == 2 && Only(key, "-");
        var isInteger = dashes < 2 && Only(key, "_-");
        var isFloat = dashes < 3 && Only(key, "eE._-") && key.Count(c => c == '.') == 1 && key.Count(c => c is 'e' or 'E') < 2;
        var isBinary = key.Length > 2 && Only(key, "bB_-") && HasPrefix(key, "0b");
        var isHex = key.Length > 2 && dashes < 2 && Only(key, "abcdefxABCDEFX_-") && HasPrefix(key, "0x");
        return !(isDate || isInteger || isFloat || isBinary || isHex);
    }

    private static bool Only(string key, string others) => key.All(c => char.IsAsciiDigit(c) || others.Contains(c, StringComparison.Ordinal));

    private static bool HasPrefix(string key, string prefix) =>
        key.StartsWith(prefix, StringComparison.Ordinal) || key.StartsWith("-" + prefix, StringComparison.Ordinal);
}
