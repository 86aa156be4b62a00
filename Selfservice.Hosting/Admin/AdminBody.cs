using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Identities;

namespace Selfservice.Hosting.Admin;

/// <summary>Reads what administrators send.</summary>
internal static class AdminBody
{
    public static async Task<(JsonElement Body, ErrorObject? Error)> ReadAsync(HttpContext context)
    {
        if (await SubmissionReader.ReadBodyAsync(context.Request, context.RequestAborted).ConfigureAwait(false) is not { } bytes)
            return (default, new ErrorObject { Code = 413, Message = "The request body is larger than 5 MB." });
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false });
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return (default, ErrorObject.BadRequest("Unable to decode JSON payload: it is no JSON document"));
        }
    }

    public static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    public static JsonElement? Json(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static IReadOnlyList<VerifiableAddress> VerifiableAddresses(JsonElement body)
    {
        if (Json(body, "verifiable_addresses") is not { ValueKind: JsonValueKind.Array } list)
            return [];
        var addresses = new List<VerifiableAddress>();
        foreach (var item in list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object))
        {
            var verified = Json(item, "verified") is { ValueKind: JsonValueKind.True };
            addresses.Add(new()
            {
                Id = Guid.Empty,
                Value = (Text(item, "value") ?? "").ToLowerInvariant(),
                Via = Text(item, "via") ?? "email",
                Verified = verified,
                Status = Text(item, "status") switch
                {
                    "completed" => VerificationStatus.Completed,
                    "sent" => VerificationStatus.Sent,
                    "pending" => VerificationStatus.Pending,
                    _ => verified ? VerificationStatus.Completed : VerificationStatus.Pending,
                },
                VerifiedAt = verified && DateTimeOffset.TryParse(Text(item, "verified_at"), System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : null,
            });
        }

        return addresses;
    }
}
