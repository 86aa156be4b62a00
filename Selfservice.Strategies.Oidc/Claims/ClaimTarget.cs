namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>The places that rules may write to.</summary>
internal static class ClaimTarget
{
    public const string Traits = "traits";
    public const string MetadataPublic = "metadata_public";
    public const string MetadataAdmin = "metadata_admin";
    public const string VerifiedAddresses = "verified_addresses";

    private static readonly string[] Objects = [Traits, MetadataPublic, MetadataAdmin];

    /// <summary>The channel of a verified address.</summary>
    public static string ViaOf(ClaimRule rule) => rule.Via.Length > 0 ? rule.Via : "email";

    /// <summary>What is wrong with the rules, as the rests of sentences that begin with their key.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<ClaimRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            if (rule.To != VerifiedAddresses && !IsPath(rule.To))
                yield return $"Map:{i}:To is \"{rule.To}\"; write traits.x, metadata_public.x, metadata_admin.x or verified_addresses";
            if (rule.From.Length == 0 && rule.Default is null)
                yield return $"Map:{i} has neither From nor Default; name the claim that {rule.To} is made of";
            if (rule.Via.Length > 0 && (rule.To != VerifiedAddresses || rule.Via is not ("email" or "sms")))
                yield return $"Map:{i}:Via is \"{rule.Via}\"; write email or sms, and only beside the To verified_addresses";
            if (rules.FirstOrDefault(r => r.To.StartsWith(rule.To + ".", StringComparison.Ordinal)) is { } inner)
                yield return $"Map:{i}:To is \"{rule.To}\", in which another rule writes {inner.To}; keep one of them";
        }
    }

    private static bool IsPath(string to) => to.Split('.') is { Length: > 1 } names && Objects.Contains(names[0]) && Array.TrueForAll(names, n => n.Length > 0);
}
