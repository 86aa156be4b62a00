using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Hosting.Tests.Social;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>What scenarios answered. Each is played once, however many tests look at it.</summary>
internal static class Recordings
{
    // They change from run to run, or follow from the body.
    private static readonly string[] Unshown = ["Date", "Server", "Content-Length", "Transfer-Encoding"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentDictionary<(string Name, Agent Agent), Lazy<Task<IReadOnlyList<Answer>>>> Played = new();

    public static Task<IReadOnlyList<Answer>> OfAsync(Scenario scenario, Agent agent) => Played.GetOrAdd((scenario.Name, agent), _ => new(() => PlayAsync(scenario, agent))).Value;

    /// <summary>The answers as a text to read and compare.</summary>
    public static string ToText(IReadOnlyList<Answer> answers)
    {
        var text = new StringBuilder();
        foreach (var answer in answers)
        {
            text.Append(answer.Request).Append('\n').Append((int)answer.Status).Append('\n');
            foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.ContentHeaders!.NonValidated).OrderBy(h => h.Key, StringComparer.Ordinal))
            {
                if (Unshown.Contains(name))
                    continue;
                foreach (var value in values)
                    text.Append(name).Append(": ").Append(value).Append('\n');
            }

            text.Append('\n');
            if (answer.Body.Length > 0)
                text.Append(IsJson(answer) ? JsonNode.Parse(answer.Body)?.ToJsonString(Readable) ?? "null" : answer.Body.TrimEnd('\n')).Append("\n\n");
        }

        return text.ToString();
    }

    public static bool IsJson(Answer answer) => answer.ContentHeaders?.ContentType?.MediaType == "application/json" && answer.Body.Length > 0;

    private static async Task<IReadOnlyList<Answer>> PlayAsync(Scenario scenario, Agent agent)
    {
        (string, string?)[] settings = [("PublicUrl", Stage.PublicUrl), .. scenario.Settings];
        if (scenario.IsSocial)
        {
            await using var social = await SocialHost.StartAsync(settings);
            return await PlayAsync(scenario, agent, social.Host, social);
        }

        await using var host = await TestHost.StartAsync("Development", settings);
        return await PlayAsync(scenario, agent, host, null);
    }

    private static async Task<IReadOnlyList<Answer>> PlayAsync(Scenario scenario, Agent agent, TestHost host, SocialHost? social)
    {
        using var client = host.NewClient(agent);
        var shown = new List<Answer>();
        await scenario.Play(new(host, client, shown, social));
        return shown;
    }
}
