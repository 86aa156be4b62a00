using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;

namespace Selfservice.Testing.Snapshots;

/// <summary>Compares texts with approved files, without what differs from run to run.</summary>
public static partial class SnapshotText
{
    /// <summary>The environment variable that, set to <c>1</c>, has missing and differing snapshots written instead of refused.</summary>
    public const string UpdateVariable = "SELFSERVICE_UPDATE_SNAPSHOTS";

    /// <summary>
    /// The text with random values replaced by numbered words: <c>{id-1}</c>, <c>{token-1}</c>, <c>{port-1}</c> and so on. The same value becomes the
    /// same word, so that a snapshot still shows what belongs together. Times stay: a test's clock stands still.
    /// </summary>
    /// <param name="text">The text, JSON or not.</param>
    public static string Scrub(string text)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        return RandomValues.Replace(text, match =>
        {
            if (words.TryGetValue(match.Value, out var known))
                return known;
            var kind = match.Groups.Values.Skip(1).First(g => g.Success).Name;
            var number = 1 + words.Values.Count(w => w.StartsWith($"{{{kind}-", StringComparison.Ordinal));
            return words[match.Value] = $"{{{kind}-{number}}}";
        });
    }

    /// <summary>
    /// Fails unless the scrubbed text is what the approved file says. A missing file fails too. The text is left beside it as <c>*.received.*</c>; to approve it, rename that file or
    /// run the test again with <see cref="UpdateVariable"/> set.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The approved file's path, relative to the test's source file. With forward slashes.</param>
    /// <param name="source">The test's source file: filled in by the compiler. It needs the paths of the build machine, so <c>DeterministicSourcePaths</c> must be off in test projects.</param>
    public static void ShouldMatchSnapshot(this string text, string file, [CallerFilePath] string source = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(source)!, file);
        var received = Path.ChangeExtension(approved, ".received" + Path.GetExtension(approved));
        var now = Scrub(text).ReplaceLineEndings("\n");
        var before = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : null;
        if (now == before)
        {
            File.Delete(received);
            return;
        }

        var isUpdate = Environment.GetEnvironmentVariable(UpdateVariable) == "1";
        Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
        File.WriteAllText(isUpdate ? approved : received, now);
        if (!isUpdate)
            now.ShouldBe(before, $"{approved} {(before is null ? "does not exist" : "says something else")}. What was received lies beside it; set {UpdateVariable}=1 to approve it.");
    }

    /// <summary>
    /// Ids (the zero id is not random), session and logout tokens, exchange codes, password hashes, masked CSRF tokens (64 bytes in Base64, perhaps escaped), secrets of cookies
    /// (32 bytes, escaped), ports, one-time codes (six digits), the tokens of links, and what goes to a provider and comes back.
    /// </summary>
    [GeneratedRegex(
        @"(?!0{8}-)(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<token>ory_(?:st|lo)_[A-Za-z0-9]+)|(?<=_exchange_code"":\s*"")(?<code>\w+)|(?<hash>\$argon2id\$[^""\s]+)"
        + @"|(?<csrf>(?:[A-Za-z0-9/+]|\\u002B|&#x2B;){86}==)|(?<=\=)(?<secret>(?:[A-Za-z0-9/+]|%2[BF]){43}(?:=|%3D))|(?<=127\.0\.0\.1:)(?<port>\d+)|(?<![0-9A-Za-mo-z_.:])(?<code>\d{6})(?![\w.])|(?<=token=|name=""token"" value="")(?<token>\w{32})"
        + @"|(?<=(?:state|nonce|code_challenge|continuity|code)=)(?<secret>[\w-]{32,})",
        RegexOptions.CultureInvariant)]
    private static partial Regex RandomValues { get; }
}
