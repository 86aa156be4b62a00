using Selfservice.Clients;
using Selfservice.Jsonnet;
using Selfservice.Strategies.Oidc.Claims;

namespace Selfservice.Strategies.Oidc.Jsonnet;

/// <summary>Loads mapping programs in Jsonnet.</summary>
internal sealed class JsonnetClaimsPrograms(OutboundHttp http, TimeProvider time) : IClaimsPrograms
{
    public IClaimsMapper Load(string url) => new JsonnetClaimsMapper(new(url, text => JsonnetAdapter.Compile(text, "mapper.jsonnet", time), http, time));
}
