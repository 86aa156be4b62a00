using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Clients;
using Selfservice.Errors;
using Selfservice.Jsonnet;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Jsonnet;

/// <summary>Maps claims by a Jsonnet program, which sees them as <c>std.extVar('claims')</c>.</summary>
internal sealed class JsonnetClaimsMapper(ConfiguredSource<JsonnetAdapter> source) : IClaimsMapper
{
    public async ValueTask<ProviderResult<MappedIdentity>> MapAsync(ProviderClaims claims, string? schemaId, CancellationToken cancellationToken)
    {
        JsonnetAdapter program;
        try
        {
            program = await source.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            return Fail(e.Message);
        }

        var inputs = new JsonnetInputs { Output = JsonnetOutput.Compact };
        inputs.External["claims"] = JsonnetInput.Json(JsonSerializer.SerializeToElement(claims.ToJson()));
        var made = program.Evaluate(inputs, cancellationToken);
        // Not the message: a program's error can hold what it was told.
        return made.Succeeded ? MapResult.Read(JsonNode.Parse(made.Text)) : Fail($"failed at {made.Error!.Position} ({made.Error.Kind})");
    }

    private static ProviderResult<MappedIdentity> Fail(string why) =>
        new ProviderResult<MappedIdentity>.Failure(new ErrorObject { Code = 500, Message = $"The claims mapper {why}." });
}
