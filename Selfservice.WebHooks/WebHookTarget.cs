using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Selfservice.WebHooks;

/// <summary>A web hook's settings, checked.</summary>
internal sealed class WebHookTarget
{
    public const string JsonContentType = "application/json";
    public const string FormContentType = "application/x-www-form-urlencoded";

    private static readonly JsonSerializerOptions Reader = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new TextConverter() },
    };

    private readonly WebHookOptions _options;

    private WebHookTarget(WebHookOptions options, Uri url)
    {
        (_options, Url, Method) = (options, url, new HttpMethod(options.Method!));
        Headers = new(options.Headers ?? [], StringComparer.OrdinalIgnoreCase);
        Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Id}\0{Method}\0{url.AbsoluteUri}")));
        Name = options.Id ?? Key[..12];
    }

    public Uri Url { get; }

    public HttpMethod Method { get; }

    public Dictionary<string, string> Headers { get; }

    /// <summary>What stored calls remember instead of address and secrets, which stay in configuration.</summary>
    public string Key { get; }

    /// <summary>What logs call it.</summary>
    public string Name { get; }

    public string? Body => _options.Body;

    public bool HasBody => !_options.Method!.Equals("TRACE", StringComparison.OrdinalIgnoreCase);

    public bool Ignores => _options.Response?.Ignore == true;

    public bool Parses => _options.Response?.Parse == true;

    /// <summary>Whether the answer has a say in the flow.</summary>
    public bool Decides => Parses || _options.CanInterrupt;

    public bool SendsIds => _options.EmitAnalyticsEvent;

    public string ContentType => Headers.GetValueOrDefault("Content-Type", JsonContentType);

    public bool IsForm => MediaTypeHeaderValue.Parse(ContentType).MediaType == FormContentType;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="FormatException">They are wrong; the message is the part of a sentence that says why.</exception>
    public static WebHookTarget Read(JsonObject? config)
    {
        WebHookOptions options;
        try
        {
            options = config.Deserialize<WebHookOptions>(Reader) ?? throw new FormatException("has no Config; give it a Url, a Method and a Body");
        }
        catch (JsonException e)
        {
            throw new FormatException($"has a Config that cannot be read ({e.Message})", e);
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new FormatException("needs a Url that is an absolute http or https URL");
        if (string.IsNullOrEmpty(options.Method) || !options.Method.All(char.IsAsciiLetter))
            throw new FormatException("needs a Method, such as POST");
        if (options.Response?.Ignore == true && (options.Response.Parse || options.CanInterrupt))
            throw new FormatException("is to ignore the answer and to read it; choose Response:Ignore, or Response:Parse and CanInterrupt");
        var target = new WebHookTarget(options, url);
        if (target.HasBody && options.Body is null)
            throw new FormatException("needs a Body: base64://, file://, http:// or https:// with a Jsonnet program");
        if (!MediaTypeHeaderValue.TryParse(target.ContentType, out var type) || type.MediaType is not (JsonContentType or FormContentType))
            throw new FormatException($"has the Content-Type \"{target.ContentType}\"; use {JsonContentType} or {FormContentType}");
        CheckAuth(options.Auth);
        using var probe = target.Request(null);
        return target;
    }

    /// <summary>A request with everything but the ids of the call.</summary>
    public HttpRequestMessage Request(string? body)
    {
        var request = new HttpRequestMessage(Method, Url);
        if (body is not null)
            request.Content = new StringContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(ContentType) } };
        var auth = _options.Auth?.Config;
        if (_options.Auth?.Type == "basic_auth")
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{auth!.User}:{auth.Password}")));
        else if (_options.Auth?.Type == "api_key")
            Add(auth!.In == "cookie" ? "Cookie" : auth.Name!, auth.In == "cookie" ? $"{auth.Name}={auth.Value}" : auth.Value!);
        foreach (var (name, value) in Headers.Where(h => !h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            request.Headers.Remove(name);
            Add(name, value);
        }

        return request;

        void Add(string name, string value)
        {
            if (value.AsSpan().ContainsAny('\r', '\n') || !request.Headers.TryAddWithoutValidation(name, value))
                throw new FormatException($"has a header \"{name}\" that cannot be sent");
        }
    }

    private static void CheckAuth(WebHookAuthOptions? auth)
    {
        var isComplete = auth switch
        {
            null => true,
            { Type: "basic_auth", Config: { User: not null, Password: not null } } => true,
            { Type: "api_key", Config: { Name.Length: > 0, Value: not null, In: "header" or "cookie" } } => true,
            _ => false,
        };
        if (!isComplete)
            throw new FormatException("needs an Auth:Type of basic_auth with Config:User and Config:Password, or of api_key with Config:Name, Config:Value and Config:In (header or cookie)");
    }

    /// <summary>Configuration has only texts: what looks like a number or a switch may be a password.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => throw new JsonException("A text is needed."),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
