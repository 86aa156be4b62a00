using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Nodes;
using Selfservice.Strategies;

namespace Selfservice.WebHooks;

/// <summary>Reads what a web hook answered.</summary>
internal static class WebHookAnswer
{
    private const int SuccessfulWithContent = 200;
    private const int FirstFailure = 400;

    public static WebHookResult Read(WebHookTarget target, int status, string content)
    {
        if (status >= FirstFailure)
        {
            return !target.Decides ? new WebHookResult.Failed(WebHookErrors.Status(status))
                : Messages(content) is { Count: > 0 } messages ? new WebHookResult.Interrupted(messages)
                : new WebHookResult.Failed(WebHookErrors.Unusable);
        }

        if (!target.Parses || status != SuccessfulWithContent)
            return new WebHookResult.Accepted();
        return Parse(content) is JsonObject answer && answer["identity"] is null or JsonObject
            ? new WebHookResult.Accepted(answer["identity"] as JsonObject)
            : new WebHookResult.Failed(WebHookErrors.Unusable);
    }

    private static List<FieldMessage> Messages(string content)
    {
        var messages = new List<FieldMessage>();
        foreach (var place in Objects((Parse(content) as JsonObject)?["messages"]))
            foreach (var message in Objects(place["messages"]))
                if (Text(message["text"]) is { Length: > 0 } text)
                    messages.Add(new(NodeKey(Text(place["instance_ptr"]) ?? ""), new Message(new(Number(message["id"])), text, TypeOf(message), (message["context"] as JsonObject)?.DeepClone().AsObject())));
        return messages;
    }

    private static MessageType TypeOf(JsonObject message) => Text(message["type"]) == "error" ? MessageType.Error : MessageType.Info;

    /// <summary><c>#/traits/name/first</c> is the node <c>traits.name.first</c>; <c>#/</c> is the form as a whole.</summary>
    private static string NodeKey(string pointer) =>
        string.Join('.', pointer.TrimStart('#').Trim('/').Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static int Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<int>(out var number) ? number : 0;

    private static JsonNode? Parse(string content)
    {
        try
        {
            return JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
