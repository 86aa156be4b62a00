using System.Text.Json.Nodes;

namespace Selfservice.Hosting.Flows;

/// <summary>Renders flows with the names of version 0.7, for pages that were written for it.</summary>
internal static class LegacyFlowNames
{
    public static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> document)
    {
        var flow = JsonNode.Parse(document.Span)!.AsObject();
        if (flow.Remove("refresh", out var refresh))
            flow["forced"] = refresh;
        foreach (var node in flow["ui"]!["nodes"]!.AsArray().OfType<JsonObject>())
        {
            if (node["attributes"] is JsonObject attributes && (string?)attributes["name"] == "identifier")
            {
                attributes["name"] = "password_identifier";
                node["group"] = "password";
            }
        }

        return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(flow, Http.WireJsonContext.Default.JsonNode);
    }
}
