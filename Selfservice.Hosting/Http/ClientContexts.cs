using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Selfservice.Flows;

namespace Selfservice.Hosting.Http;

/// <summary>Makes of a request what flows need to know of its sender.</summary>
internal sealed class ClientContexts(PublicUrl publicUrl, RequestSession sessions, CsrfProtection csrf, ContinuityCookie continuity)
{
    public async ValueTask<ClientContext> OfAsync(HttpContext context)
    {
        var proven = await sessions.FindAsync(context).ConfigureAwait(false);
        return new()
        {
            PublicUrl = publicUrl.Of(context.Request),
            RequestUrl = RequestUrl(context.Request),
            Session = proven?.Session,
            SessionToken = proven?.Token,
            ContinuityToken = continuity.Read(context.Request),
            IpAddress = Address(context.Connection.RemoteIpAddress),
            UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
            Guard = new Guard(context, csrf),
            Request = new ClientRequest(context.Request),
        };
    }

    /// <summary>Whatever their case: the query is read without regard to it.</summary>
    private static readonly FrozenSet<string> SecretParameters = FrozenSet.ToFrozenSet(["token", "code", "state", "id_token"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The URL without what somebody proves by it: it would be kept with the flow.</summary>
    private string RequestUrl(HttpRequest request)
    {
        var kept = request.Query.Where(q => !SecretParameters.Contains(q.Key)).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
        return publicUrl.Of(request) + request.Path + QueryString.Create(kept);
    }

    private static string? Address(IPAddress? address) => address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4().ToString() : address?.ToString();

    private sealed class ClientRequest(HttpRequest request) : IClientRequest
    {
        public string Method => request.Method;

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers(IEnumerable<string> names)
        {
            var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
            foreach (var name in names)
                if (request.Headers.TryGetValue(name, out var values))
                    found[Spell(name)] = [.. values.OfType<string>()];
            return found;
        }

        public IReadOnlyDictionary<string, string> Cookies() => request.Cookies.ToDictionary(c => c.Key, c => c.Value);

        private static string Spell(string name) =>
            string.Join('-', name.Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()));
    }

    private sealed class Guard(HttpContext context, CsrfProtection csrf) : IRequestGuard
    {
        private const string Blocked =
            " The flow however was initiated as an API request. To prevent potential misuse and mitigate several attack vectors including CSRF, the request has been blocked. Please consult the documentation.";

        public GuardVerdict CheckOwner(ReadOnlyMemory<byte> csrfSecret) => csrf.OwnsFlow(context, csrfSecret.Span) ? new GuardVerdict.Pass() : new GuardVerdict.Refuse(csrf.Violation(context));

        public GuardVerdict CheckOrigin() => csrf.IsFromOwnSite(context.Request) ? new GuardVerdict.Pass() : new GuardVerdict.Refuse(csrf.Violation(context));

        public GuardVerdict CheckForm(string? csrfToken) => csrf.IsValid(context, csrfToken) ? new GuardVerdict.Pass() : new GuardVerdict.Refuse(csrf.Violation(context));

        public ReadOnlyMemory<byte> BrowserSecret() => csrf.Ensure(context);

        public ReadOnlyMemory<byte> RenewBrowserSecret() => csrf.Renew(context);

        public GuardVerdict Check(Flow flow, string? csrfToken)
        {
            if (flow.ClientType == ClientType.Browser)
                return csrf.IsValid(context, csrfToken) && csrf.OwnsFlow(context, flow.CsrfSecret.Span) ? new GuardVerdict.Pass() : new GuardVerdict.Refuse(csrf.Violation(context));
            if (context.Request.Headers.Origin.ToString().Length > 0)
            {
                return new GuardVerdict.Explain(FlowMessages.Generic(
                    "The HTTP Request Header included the \"Origin\" key, indicating that this request was made as part of an AJAX request in a Browser." + Blocked));
            }

            // Proxies of the common kind add cookies of their own to everything that passes.
            return context.Request.Cookies.Keys.Any(name => !(name.StartsWith("__cf", StringComparison.Ordinal) || name.StartsWith("_cf", StringComparison.Ordinal) || name.StartsWith("cf_", StringComparison.Ordinal)))
                ? new GuardVerdict.Explain(FlowMessages.Generic("The HTTP Request Header included the \"Cookie\" key, indicating that this request was made by a Browser." + Blocked))
                : new GuardVerdict.Pass();
        }
    }
}
