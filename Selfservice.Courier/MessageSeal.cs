using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Secrets;

namespace Selfservice.Courier;

/// <summary>
/// Seals the content of messages while they wait: it holds codes and links that still work, and who reads the database or a copy of it must not get into accounts with them. For developers it stays
/// readable.
/// </summary>
internal sealed class MessageSeal(SecretSealer sealer, IOptions<SelfserviceOptions> options, IHostEnvironment environment)
{
    private const string Purpose = "courier message";
    private const string SealedMember = "sealed";

    /// <summary>Whether messages keep their content in clear, and keep it when they are over.</summary>
    public bool IsOff { get; } = environment.IsDevelopment() || options.Value.Dev;

    /// <summary>The message as it is stored.</summary>
    public CourierMessage Close(CourierMessage message)
    {
        if (IsOff)
            return message;
        var content = JsonSerializer.Serialize(new Content(message.Subject, message.Body, message.TemplateData, message.RequestHeaders));
        var box = new JsonObject { [SealedMember] = sealer.Seal(Purpose, message.Id.ToString("D"), content) };
        return message with { Subject = "", Body = "", TemplateData = JsonSerializer.SerializeToElement(box), RequestHeaders = null };
    }

    /// <summary>The message with its content; null when this host does not have its key.</summary>
    public CourierMessage? Open(CourierMessage message)
    {
        if (!message.TemplateData.TryGetProperty(SealedMember, out var box) || box.ValueKind != JsonValueKind.String)
            return message;
        return sealer.Open(Purpose, message.Id.ToString("D"), box.GetString()!) is { } text && JsonSerializer.Deserialize<Content>(text) is { } content
            ? message with { Subject = content.Subject, Body = content.Body, TemplateData = content.TemplateData, RequestHeaders = content.RequestHeaders }
            : null;
    }

    private sealed record Content(string Subject, string Body, JsonElement TemplateData, JsonElement? RequestHeaders);
}
