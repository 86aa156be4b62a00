using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Secrets;
using Selfservice.Submissions;

namespace Selfservice.Flows;

/// <summary>
/// Keeps a submission while its sender is elsewhere, so that nothing has to be typed twice. It may hold a new password, so it is sealed; it is bound to its flow, which is bound to
/// the browser and, where it has one, to the identity.
/// </summary>
internal sealed class KeptSubmission(SecretSealer sealer, TimeProvider clock)
{
    private const string Purpose = "kept_submission";

    /// <summary>Where a submission waits whose sender proves again who they are.</summary>
    public static Place UntilProven { get; } = new("kept_submission", TimeSpan.FromMinutes(15));

    /// <summary>Where a submission waits whose sender was sent elsewhere, for example to a provider.</summary>
    public static Place UntilBack { get; } = new("sent_away", TimeSpan.FromMinutes(30));

    public void Keep(Flow flow, Place place, Submission submission)
    {
        var until = clock.GetUtcNow() + place.Lifespan;
        var fields = new JsonArray([.. submission.Names.SelectMany(name => submission.Values(name).Select(value => (JsonNode)new JsonArray(name, value)))]);
        var text = new JsonObject { ["until"] = until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), ["fields"] = fields }.ToJsonString();
        flow.Context[place.Member] = sealer.Seal(Purpose, Owner(flow, place), text);
    }

    /// <summary>What was kept; null for nothing, or nothing that still counts.</summary>
    public Submission? Find(Flow flow, Place place)
    {
        if (sealer.Open(Purpose, Owner(flow, place), (string?)flow.Context[place.Member] ?? "") is not { } text)
            return null;
        using var document = JsonDocument.Parse(text);
        var until = long.Parse(document.RootElement.GetProperty("until").GetString()!, CultureInfo.InvariantCulture);
        return until < clock.GetUtcNow().ToUnixTimeMilliseconds()
            ? null
            : Submission.FromForm(document.RootElement.GetProperty("fields").EnumerateArray().Select(f => KeyValuePair.Create(f[0].GetString()!, f[1].GetString()!)));
    }

    /// <summary>The same, once.</summary>
    public Submission? Take(Flow flow, Place place)
    {
        var submission = Find(flow, place);
        flow.Context.Remove(place.Member);
        return submission;
    }

    private static string Owner(Flow flow, Place place) => $"{flow.Id}/{place.Member}";

    /// <summary>Why a submission waits, and how long at most.</summary>
    internal sealed record Place(string Member, TimeSpan Lifespan);
}
