using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Selfservice.Hosting.Http;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Authentication;

/// <summary>Lets the host's own pages know who is signed in, and sends a browser that is not into the login flow and back.</summary>
internal sealed class SelfserviceAuthenticationHandler(
    IOptionsMonitor<SelfserviceAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, RequestSession sessions, RequiredLevel level, PublicUrl publicUrl)
    : AuthenticationHandler<SelfserviceAuthenticationOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A session that /sessions/whoami does not show proves nothing here either.
        if (await sessions.FindAsync(Context).ConfigureAwait(false) is not { } proven || !await level.IsMetAsync(proven.Session, Context.RequestAborted).ConfigureAwait(false))
            return AuthenticateResult.NoResult();
        var principal = new ClaimsPrincipal(new ClaimsIdentity(Claims(proven.Session), Scheme.Name, SelfserviceClaimTypes.Subject, "roles"));
        var properties = new AuthenticationProperties { IssuedUtc = proven.Session.AuthenticatedAt, ExpiresUtc = proven.Session.ExpiresAt };
        return AuthenticateResult.Success(new(principal, properties, Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A script or a native client can do nothing with a page; it is told what is missing.
        if (Negotiation.IsJson(Request) || !(HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)) || Request.Headers["X-Session-Token"].Count > 0)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // Whole, because a path alone belongs to where browsers go by default, which may be another host.
        var back = properties.RedirectUri is { Length: > 0 } wanted ? new Uri(new Uri(publicUrl.Of(Request)), wanted).AbsoluteUri : publicUrl.OfRequest(Request);
        var isSignedIn = await sessions.FindAsync(Context).ConfigureAwait(false) is not null;
        Redirects.SeeOther(Context, isSignedIn
            ? RequiredLevel.StepUpUrl(publicUrl.Of(Request), back)
            : Redirects.WithQuery(publicUrl.Of(Request) + "/self-service/login/browser", "return_to", back));
    }

    private IEnumerable<Claim> Claims(Session session)
    {
        yield return new(SelfserviceClaimTypes.Subject, session.IdentityId.ToString());
        yield return new(SelfserviceClaimTypes.SessionId, session.Id.ToString());
        yield return new(SelfserviceClaimTypes.AssuranceLevel, session.Aal.ToWireName());
        yield return new(SelfserviceClaimTypes.AuthenticationTime, session.AuthenticatedAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);
        foreach (var method in session.AuthenticationMethods.Select(m => m.Method).Distinct())
            yield return new(SelfserviceClaimTypes.AuthenticationMethod, method);
        if (session.Identity is not { } identity)
            yield break;
        foreach (var (claim, path) in Options.IdentityClaims)
        {
            var found = IdentityPath.Find(identity, path);
            foreach (var value in found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray()] : new[] { found })
            {
                if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                    yield return new(claim, value.ToString());
            }
        }
    }
}
