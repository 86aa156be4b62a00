using Selfservice.Clients;
using Selfservice.Jsonnet;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Jsonnet;

/// <summary>Loads mapping programs in Jsonnet.</summary>
internal sealed class JsonnetClaimsPrograms(OutboundHttp http, TimeProvider time) : IClaimsPrograms
{
    public IClaimsMapper Load(string url) => new JsonnetClaimsMapper(new(url, Compile, http, time));

    private static JsonnetProgram Compile(string text)
    {
        var compiled = JsonnetProgram.Compile(text, "mapper.jsonnet");
        return compiled.Succeeded ? compiled.Program : throw new FormatException($"is no Jsonnet program: {compiled.Error.Position} {compiled.Error.Message}");
    }
}
