using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selfservice.Flows;

/// <summary>How far a flow has come.</summary>
/// <param name="Name">The name on the wire.</param>
[JsonConverter(typeof(FlowStateJsonConverter))]
public readonly record struct FlowState(string Name)
{
    /// <summary>A method is still to be chosen.</summary>
    public static FlowState ChooseMethod { get; } = new("choose_method");

    /// <summary>Something can be changed.</summary>
    public static FlowState ShowForm { get; } = new("show_form");

    /// <summary>A change was saved.</summary>
    public static FlowState Success { get; } = new("success");

    /// <summary>A code or a link was sent.</summary>
    public static FlowState SentEmail { get; } = new("sent_email");

    /// <summary>The challenge was passed.</summary>
    public static FlowState PassedChallenge { get; } = new("passed_challenge");
}

internal sealed class FlowStateJsonConverter : JsonConverter<FlowState>
{
    public override FlowState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, FlowState value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
