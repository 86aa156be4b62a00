using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Clients;
using Selfservice.Configuration;
using Selfservice.Jsonnet;

namespace Selfservice.WebHooks;

/// <summary>The Jsonnet program that makes a web hook's body. One that lies on a server is read when it is first needed, and again after an hour.</summary>
internal sealed class BodyProgram
{
    private const string Cancel = "cancel";
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);
    private static readonly JsonnetLimits Limits = new() { MaxOutputLength = 256 * 1024 };

    private readonly OutboundHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri? _remote;
    private (JsonnetProgram Program, DateTimeOffset ReadAt)? _known;

    /// <exception cref="FormatException">It cannot be read or compiled; the message is the part of a sentence that says why.</exception>
    public BodyProgram(string source, OutboundHttp http, TimeProvider time)
    {
        (_http, _time) = (http, time);
        if (Uri.TryCreate(source, UriKind.Absolute, out var remote) && remote.Scheme is "http" or "https")
            _remote = remote;
        else
            _known = (Compile(Read(source)), DateTimeOffset.MaxValue - Freshness);
    }

    /// <summary>The body as text; null when the program says <c>error "cancel"</c>: then nothing is to be sent.</summary>
    /// <param name="context">What the program is told.</param>
    /// <param name="asForm">Whether the result is to be a form.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FormatException">There is no program, or it failed.</exception>
    public async ValueTask<string?> MakeAsync(JsonObject context, bool asForm, CancellationToken cancellationToken)
    {
        var program = await ProgramAsync(cancellationToken).ConfigureAwait(false);
        var inputs = new JsonnetInputs { Output = JsonnetOutput.Compact };
        inputs.TopLevel["ctx"] = JsonnetInput.Json(JsonSerializer.SerializeToElement(context));
        var made = program.Evaluate(inputs, Limits, cancellationToken);
        if (made.Succeeded)
            return asForm ? Form(made.ToJson()) : made.Text;
        if (made.Error!.Kind == JsonnetErrorKind.Runtime && made.Error.Message == Cancel)
            return null;
        // Not the message: a program's error can hold what it was told.
        throw new FormatException($"has a Body that failed at {made.Error.Position} ({made.Error.Kind})");
    }

    private async ValueTask<JsonnetProgram> ProgramAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && _time.GetUtcNow() - known.ReadAt < Freshness)
            return known.Program;
        try
        {
            var text = await _http.Client.GetStringAsync(_remote, cancellationToken).ConfigureAwait(false);
            _known = (Compile(text), _time.GetUtcNow());
        }
        catch (HttpRequestException e)
        {
            throw new FormatException($"has a Body that could not be read ({e.HttpRequestError})", e);
        }

        return _known.Value.Program;
    }

    private static string Read(string source)
    {
        try
        {
            return SourceText.Read(source);
        }
        catch (FormatException e)
        {
            throw new FormatException($"has a Body that {e.Message}", e);
        }
    }

    private static JsonnetProgram Compile(string text)
    {
        var compiled = JsonnetProgram.Compile(text, "body.jsonnet");
        return compiled.Succeeded ? compiled.Program : throw new FormatException($"has a Body that is no Jsonnet program: {compiled.Error.Position} {compiled.Error.Message}");
    }

    private static string Form(JsonElement made)
    {
        if (made.ValueKind != JsonValueKind.Object || made.EnumerateObject().Any(m => m.Value.ValueKind != JsonValueKind.String))
            throw new FormatException("has a Body that must make an object of texts for a form");
        var text = new StringBuilder();
        foreach (var member in made.EnumerateObject())
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(member.Name)).Append('=').Append(Uri.EscapeDataString(member.Value.GetString()!));
        return text.ToString();
    }
}
