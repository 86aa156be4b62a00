using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Sessions;
using Selfservice.Wire;

namespace Selfservice.WebHooks;

/// <summary>What a body's program is told about a flow: <c>ctx</c>.</summary>
/// <param name="Draft">What is about to be stored, or was.</param>
/// <param name="Flow">The flow.</param>
/// <param name="Identity">Whose flow it is; null when nobody is known yet.</param>
/// <param name="Session">The session; null when there is none yet.</param>
internal sealed record HookContext(HookDraft Draft, Flow Flow, Identity? Identity, Session? Session)
{
    /// <summary>What browsers and proxies commonly send, without cookies and credentials.</summary>
    public static IReadOnlyCollection<string> CommonHeaders { get; } =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Content-Length", "Content-Type", "Origin", "Priority", "Referer", "Sec-Ch-Ua", "Sec-Ch-Ua-Mobile", "Sec-Ch-Ua-Platform",
        "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "True-Client-Ip", "User-Agent",
    ];

    /// <summary>The state that the flow is in when all goes well; null for the one it has.</summary>
    public FlowState? State { get; init; }

    public JsonObject ToJson(IReadOnlyCollection<string> headerNames, DateTimeOffset now)
    {
        var client = Draft.Client;
        var flow = WireWriter.ToObject(Flow);
        if (Draft is not FlowStart)
            flow["transient_payload"] = Draft.TransientPayload.DeepClone();
        if (State is { } state)
            flow["state"] = state.Name;
        var context = new JsonObject
        {
            ["flow"] = flow,
            ["request_headers"] = new JsonObject((client.Request?.Headers(headerNames) ?? Empty).Select(h => KeyValuePair.Create<string, JsonNode?>(h.Key, new JsonArray([.. h.Value.Select(v => JsonValue.Create(v))])))),
            ["request_method"] = client.Request?.Method ?? "",
            ["request_url"] = client.RequestUrl,
            ["request_cookies"] = new JsonObject((client.Request?.Cookies() ?? NoCookies).Select(c => KeyValuePair.Create<string, JsonNode?>(c.Key, c.Value))),
        };
        if (Identity is not null)
            context["identity"] = WireWriter.ToObject(Identity, client.PublicUrl);
        if (Session is not null)
            context["session"] = WireWriter.ToObject(Session, client.PublicUrl, now);
        return context;
    }

    private static readonly Dictionary<string, IReadOnlyList<string>> Empty = [];
    private static readonly Dictionary<string, string> NoCookies = [];
}
