using Microsoft.Extensions.Logging;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>What every provider needs.</summary>
/// <param name="Config">The settings of all.</param>
/// <param name="Http">How they are called.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where the operator reads what failed.</param>
internal sealed record ProviderServices(OidcConfigOptions Config, ProviderHttp Http, TimeProvider Time, ILogger<Provider> Logger);
