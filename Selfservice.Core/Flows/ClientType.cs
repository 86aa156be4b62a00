using System.Text.Json.Serialization;

namespace Selfservice.Flows;

/// <summary>Who performs a flow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClientType>))]
public enum ClientType
{
    /// <summary>A browser, with cookies: it is protected against cross-site requests by a token.</summary>
    [JsonStringEnumMemberName("browser")] Browser,

    /// <summary>A native client, without cookies.</summary>
    [JsonStringEnumMemberName("api")] Api,
}
