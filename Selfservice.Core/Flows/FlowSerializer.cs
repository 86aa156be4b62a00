using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Storage;

namespace Selfservice.Flows;

/// <summary>Turns flows into what is stored and answered, and back.</summary>
internal static class FlowSerializer
{
    public static FlowRecord ToRecord(Flow flow)
    {
        var transient = (flow.TransientPayload, flow.SessionTokenExchangeCode);
        (flow.TransientPayload, flow.SessionTokenExchangeCode) = (null, null);
        try
        {
            return new()
            {
                Id = flow.Id,
                Kind = flow.Kind,
                ClientType = flow.ClientType,
                ExpiresAt = flow.ExpiresAt,
                CompletedAt = flow.CompletedAt,
                CsrfSecret = flow.CsrfSecret,
                Document = ToDocument(flow),
                Context = flow.Context.Count == 0 ? default : JsonSerializer.SerializeToUtf8Bytes(flow.Context, FlowJsonContext.Default.JsonObject),
            };
        }
        finally
        {
            (flow.TransientPayload, flow.SessionTokenExchangeCode) = transient;
        }
    }

    public static byte[] ToDocument(Flow flow) => flow switch
    {
        LoginFlow login => JsonSerializer.SerializeToUtf8Bytes(login, FlowJsonContext.Default.LoginFlow),
        RegistrationFlow registration => JsonSerializer.SerializeToUtf8Bytes(registration, FlowJsonContext.Default.RegistrationFlow),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static LoginFlow ToLoginFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.LoginFlow), record);

    public static RegistrationFlow ToRegistrationFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.RegistrationFlow), record);

    private static T Read<T>(ReadOnlyMemory<byte> document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(document.Span, type) ?? throw new InvalidOperationException("The stored flow is null; the row was not written by this program.");

    private static T Complete<T>(T flow, FlowRecord record)
        where T : Flow
    {
        flow.CsrfSecret = record.CsrfSecret;
        flow.CompletedAt = record.CompletedAt;
        if (!record.Context.IsEmpty)
            flow.Context = JsonNode.Parse(record.Context.Span)!.AsObject();
        return flow;
    }
}

[JsonSourceGenerationOptions(Converters = [typeof(Rfc3339JsonConverter)], AllowOutOfOrderMetadataProperties = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LoginFlow))]
[JsonSerializable(typeof(RegistrationFlow))]
[JsonSerializable(typeof(UiContainer))]
[JsonSerializable(typeof(UiNode))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class FlowJsonContext : JsonSerializerContext;
