using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Recovery;
using Selfservice.Registration;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Verification;

namespace Selfservice.Flows;

/// <summary>Turns flows into what is stored and answered, and back.</summary>
internal static class FlowSerializer
{
    public static FlowRecord ToRecord(Flow flow)
    {
        var (entry, settings) = (flow as EntryFlow, flow as SettingsFlow);
        // What is shown once, or may change without the flow, is not stored with it.
        var (payload, next, code, identity) = (flow.TransientPayload, flow.ContinueWith, entry?.SessionTokenExchangeCode, settings?.Identity);
        Set(null, null, null, null);
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
            Set(payload, next, code, identity);
        }

        void Set(JsonObject? transientPayload, JsonArray? continueWith, string? exchangeCode, JsonObject? owner)
        {
            (flow.TransientPayload, flow.ContinueWith) = (transientPayload, continueWith);
            if (entry is not null)
                entry.SessionTokenExchangeCode = exchangeCode;
            if (settings is not null)
                settings.Identity = owner;
        }
    }

    /// <summary>Whether a flow shows nothing but what is stored with it.</summary>
    public static bool IsStoredWhole(Flow flow) =>
        flow is { TransientPayload: null, ContinueWith: null } and not EntryFlow { SessionTokenExchangeCode: not null } and not SettingsFlow { Identity: not null };

    public static byte[] ToDocument(Flow flow) => flow switch
    {
        LoginFlow login => JsonSerializer.SerializeToUtf8Bytes(login, FlowJsonContext.Default.LoginFlow),
        RegistrationFlow registration => JsonSerializer.SerializeToUtf8Bytes(registration, FlowJsonContext.Default.RegistrationFlow),
        SettingsFlow settings => JsonSerializer.SerializeToUtf8Bytes(settings, FlowJsonContext.Default.SettingsFlow),
        RecoveryFlow recovery => JsonSerializer.SerializeToUtf8Bytes(recovery, FlowJsonContext.Default.RecoveryFlow),
        VerificationFlow verification => JsonSerializer.SerializeToUtf8Bytes(verification, FlowJsonContext.Default.VerificationFlow),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Flow Read(FlowRecord record) => record.Kind.Name switch
    {
        "login" => ToLoginFlow(record),
        "registration" => ToRegistrationFlow(record),
        "settings" => ToSettingsFlow(record),
        "recovery" => ToRecoveryFlow(record),
        "verification" => ToVerificationFlow(record),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "There is no such flow."),
    };

    public static LoginFlow ToLoginFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.LoginFlow), record);

    public static RegistrationFlow ToRegistrationFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.RegistrationFlow), record);

    public static SettingsFlow ToSettingsFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.SettingsFlow), record);

    public static RecoveryFlow ToRecoveryFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.RecoveryFlow), record);

    public static VerificationFlow ToVerificationFlow(FlowRecord record) => Complete(Read(record.Document, FlowJsonContext.Default.VerificationFlow), record);

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
[JsonSerializable(typeof(SettingsFlow))]
[JsonSerializable(typeof(RecoveryFlow))]
[JsonSerializable(typeof(VerificationFlow))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(UiContainer))]
[JsonSerializable(typeof(UiNode))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class FlowJsonContext : JsonSerializerContext;
