using System.Text.Json;
using System.Text.Json.Nodes;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>Reads what a provider wrote. Two members of one name are refused: what checks a token and what uses it could each take another one.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The value; null where the text is none.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8, documentOptions: Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
