using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Secrets;
using Selfservice.Submissions;

namespace Selfservice.Settings;

/// <summary>
/// Keeps a submission while its sender proves again who they are, so that nothing has to be typed twice. It may hold a new password, so it is sealed; it is bound to its flow, which
/// is bound to the identity and to the browser, and it works once, for a quarter of an hour.
/// </summary>
internal sealed class KeptSubmission(SecretSealer sealer, TimeProvider clock)
{
    private const string Purpose = "kept_submission";
    private const string Member = "kept_submission";
    private static readonly TimeSpan Lifespan = TimeSpan.FromMinutes(15);

    public void Keep(SettingsFlow flow, Submission submission)
    {
        var until = clock.GetUtcNow() + Lifespan;
        var fields = new JsonArray([.. submission.Names.SelectMany(name => submission.Values(name).Select(value => (JsonNode)new JsonArray(name, value)))]);
        var text = new JsonObject { ["until"] = until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), ["fields"] = fields }.ToJsonString();
        flow.Context[Member] = sealer.Seal(Purpose, flow.Id.ToString(), text);
    }

    /// <summary>What was kept, once; null for nothing, or nothing that still counts.</summary>
    public Submission? Take(SettingsFlow flow)
    {
        if (!flow.Context.Remove(Member, out var kept) || sealer.Open(Purpose, flow.Id.ToString(), (string?)kept ?? "") is not { } text)
            return null;
        using var document = JsonDocument.Parse(text);
        var until = long.Parse(document.RootElement.GetProperty("until").GetString()!, CultureInfo.InvariantCulture);
        return until < clock.GetUtcNow().ToUnixTimeMilliseconds()
            ? null
            : Submission.FromForm(document.RootElement.GetProperty("fields").EnumerateArray().Select(f => KeyValuePair.Create(f[0].GetString()!, f[1].GetString()!)));
    }
}
