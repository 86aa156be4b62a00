using System.Globalization;
using System.Text;

namespace Selfservice.Schemas;

/// <summary>
/// Unicode normalisation (UAX #15), the same on every machine: identifiers and passwords in one database must not depend on the globalisation libraries of a host.
/// </summary>
public static class UnicodeNormalization
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int HangulCount = 19 * VowelCount * TrailCount;

    private static readonly Lazy<Tables> Data = new(() => new Tables());

    /// <summary>Form C: characters that are written in two ways have one, and all that differ stay different. Half a surrogate pair becomes U+FFFD.</summary>
    public static string FormC(string text) => Ascii.IsValid(text) ? text : Normalize(text, Data.Value.Canonical);

    /// <summary>Form KC: compatibility forms, such as wide letters and ligatures, are folded as well.</summary>
    internal static string FormKC(string text) => Ascii.IsValid(text) ? text : Normalize(text, Data.Value.Compatible);

    private static string Normalize(string text, Dictionary<int, int[]> decompositions)
    {
        var characters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, decompositions, characters);
        Order(characters);
        Compose(characters);
        var result = new StringBuilder(characters.Count);
        foreach (var character in characters)
            result.Append(char.ConvertFromUtf32(character));
        return result.ToString();
    }

    private static void Decompose(int character, Dictionary<int, int[]> decompositions, List<int> output)
    {
        if (character - HangulBase is >= 0 and < HangulCount and var syllable)
        {
            output.Add(LeadBase + (syllable / (VowelCount * TrailCount)));
            output.Add(VowelBase + (syllable % (VowelCount * TrailCount) / TrailCount));
            if (syllable % TrailCount != 0)
                output.Add(TrailBase + (syllable % TrailCount));
        }
        else if (decompositions.TryGetValue(character, out var parts))
        {
            output.AddRange(parts);
        }
        else
        {
            output.Add(character);
        }
    }

    // Sorting each run of marks, not moving mark by mark: a hostile text may consist of marks only.
    private static void Order(List<int> characters)
    {
        var start = 0;
        while (start < characters.Count)
        {
            var end = start;
            while (end < characters.Count && ClassOf(characters[end]) != 0)
                end++;
            if (end - start > 1)
            {
                var sorted = characters.GetRange(start, end - start).OrderBy(ClassOf).ToArray();
                for (var i = 0; i < sorted.Length; i++)
                    characters[start + i] = sorted[i];
            }

            start = end + 1;
        }
    }

    private static void Compose(List<int> characters)
    {
        var starter = -1;
        var lastClass = 0;
        var length = 0;
        foreach (var character in characters.ToArray())
        {
            var ownClass = ClassOf(character);
            var isAdjacent = starter == length - 1;
            if (starter >= 0 && (isAdjacent || (lastClass < ownClass && lastClass != 0)) && Pair(characters[starter], character) is { } composed)
            {
                characters[starter] = composed;
                continue;
            }

            if (ownClass == 0)
                starter = length;
            lastClass = ownClass;
            characters[length++] = character;
        }

        characters.RemoveRange(length, characters.Count - length);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < 19 and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
            return HangulBase + (((lead * VowelCount) + vowel) * TrailCount);
        if (first - HangulBase is >= 0 and < HangulCount and var syllable && syllable % TrailCount == 0 && second - TrailBase is > 0 and < TrailCount and var trail)
            return first + trail;
        return Data.Value.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static int ClassOf(int character) => Data.Value.Classes.GetValueOrDefault(character);

    private sealed class Tables
    {
        public Dictionary<int, int> Classes { get; } = [];

        public Dictionary<(int First, int Second), int> Compositions { get; } = [];

        public Dictionary<int, int[]> Compatible { get; } = [];

        public Dictionary<int, int[]> Canonical { get; } = [];

        public Tables()
        {
            foreach (var (range, value) in Entries(NfkcData.Classes))
            {
                var ends = range.Split('-');
                for (var c = Hex(ends[0]); c <= Hex(ends[1]); c++)
                    Classes[c] = int.Parse(value, CultureInfo.InvariantCulture);
            }

            foreach (var (pair, value) in Entries(NfkcData.Compositions))
                Compositions[(Hex(pair.Split('+')[0]), Hex(pair.Split('+')[1]))] = Hex(value);
            foreach (var (character, value) in Entries(NfkcData.Decompositions))
                Compatible[Hex(character)] = [.. value.Split(',').Select(Hex)];
            foreach (var (character, value) in Entries(CanonicalData.Decompositions))
                Canonical[Hex(character)] = [.. value.Split(',').Select(Hex)];
            var pairs = Compositions.ToDictionary(c => c.Value, c => c.Key);
            foreach (var composed in pairs.Keys)
                Canonical[composed] = [.. Parts(composed, pairs)];
        }

        // Of a composed character only the first part can be composed itself.
        private static IEnumerable<int> Parts(int character, Dictionary<int, (int First, int Second)> pairs) =>
            pairs.TryGetValue(character, out var pair) ? Parts(pair.First, pairs).Append(pair.Second) : [character];

        private static IEnumerable<(string Key, string Value)> Entries(string table) =>
            table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(e => (e[..e.IndexOf('=', StringComparison.Ordinal)], e[(e.IndexOf('=', StringComparison.Ordinal) + 1)..]));

        private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
