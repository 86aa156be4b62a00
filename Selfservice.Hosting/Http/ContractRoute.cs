using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>How a path is protected against cross-site requests.</summary>
internal enum CsrfPolicy
{
    /// <summary>It looks at no cookie and sets none.</summary>
    None,

    /// <summary>It may look at the cookie but sets none; what needs protection checks the flow's own token.</summary>
    Ignored,

    /// <summary>It sets the cookie when there is none, and refuses unsafe methods without the token.</summary>
    Guarded,
}

/// <summary>One path of the contract with what it answers by method.</summary>
/// <param name="Pattern">The route.</param>
/// <param name="Csrf">How it is protected.</param>
/// <param name="Handlers">The handlers by HTTP method; GET answers HEAD too.</param>
internal sealed record ContractRoute(string Pattern, CsrfPolicy Csrf, params (string Method, RequestDelegate Handler)[] Handlers)
{
    /// <summary>Every method goes to the same handler.</summary>
    public const string AnyMethod = "*";

    public RequestDelegate? Find(string method)
    {
        foreach (var (name, handler) in Handlers)
            if (name == AnyMethod || name == method || (name == HttpMethods.Get && method == HttpMethods.Head))
                return handler;
        return null;
    }

    public string Allow => string.Join(", ", Handlers.Select(h => h.Method).Concat(Handlers.Any(h => h.Method == HttpMethods.Get) ? [HttpMethods.Head] : []).Order(StringComparer.Ordinal));
}
