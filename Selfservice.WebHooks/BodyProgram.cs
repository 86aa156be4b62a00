using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Clients;
using Selfservice.Jsonnet;

namespace Selfservice.WebHooks;

/// <summary>The Jsonnet program that makes a web hook's body. One that lies on a server is read when it is first needed, and again after an hour.</summary>
internal sealed class BodyProgram
{
    private const string FileName = "body.jsonnet";
    private const string Cancel = "cancel";

    private readonly ConfiguredSource<JsonnetAdapter> _source;

    /// <exception cref="FormatException">It cannot be read or compiled; the message is the part of a sentence that says why.</exception>
    public BodyProgram(string source, OutboundHttp http, TimeProvider time)
    {
        try
        {
            _source = new(source, text => JsonnetAdapter.Compile(text, FileName, time), http, time);
        }
        catch (FormatException e)
        {
            throw new FormatException($"has a Body that {e.Message}", e);
        }
    }

    /// <summary>The body as text; null when the program says <c>error "cancel"</c>: then nothing is to be sent.</summary>
    /// <param name="context">What the program is told.</param>
    /// <param name="asForm">Whether the result is to be a form.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FormatException">There is no program, or it failed.</exception>
    public async ValueTask<string?> MakeAsync(JsonObject context, bool asForm, CancellationToken cancellationToken)
    {
        var inputs = new JsonnetInputs { Output = JsonnetOutput.Compact };
        inputs.TopLevel["ctx"] = JsonnetInput.Json(JsonSerializer.SerializeToElement(context));
        var program = await GetAsync(cancellationToken).ConfigureAwait(false);
        var made = program.Evaluate(inputs, cancellationToken);
        if (made.Succeeded)
            return asForm ? Form(made.ToJson()) : made.Text;
        if (made.Error!.Kind == JsonnetErrorKind.Runtime && made.Error.Message == Cancel)
            return null;
        // Not the message: a program's error can hold what it was told.
        throw new FormatException($"has a Body that failed at {made.Error.Position} ({made.Error.Kind})");
    }

    private async ValueTask<JsonnetAdapter> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new FormatException($"has a Body that {e.Message}", e);
        }
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
