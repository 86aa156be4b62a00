using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Flows;
using Selfservice.Hosting.Http;
using Selfservice.Strategies;

namespace Selfservice.Hosting.Flows;

/// <summary>Where browsers come back to that a method had sent elsewhere, whatever the method.</summary>
internal sealed class CallbackEndpoints(FlowEngine engine, FlowResponder responder, ClientContexts clients, CsrfProtection csrf, PublicUrl publicUrl)
{
    /// <summary>The browser comes back.</summary>
    public static Task ReturnAsync(HttpContext context) => Self(context).ResumeAsync(context);

    /// <summary>The browser is sent back with a form that another site fills in. Such a request brings no cookies, so it becomes one that does.</summary>
    public static Task BridgeAsync(HttpContext context) => Self(context).RedirectAsync(context);

    /// <summary>A form where none may come from elsewhere.</summary>
    public static Task RefuseAsync(HttpContext context) => JsonAnswer.WriteErrorAsync(context, Self(context)._csrf.Violation(context));

    private readonly CsrfProtection _csrf = csrf;

    private static CallbackEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<CallbackEndpoints>();

    private async Task ResumeAsync(HttpContext context)
    {
        var method = new MethodId(context.GetRouteValue("method") as string ?? "");
        // A parameter that came twice is as good as none: two programs might disagree about which one counts (RFC 6749, 3.1).
        var parameters = context.Request.Query.Where(q => q.Value.Count == 1).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        var client = await clients.OfAsync(context).ConfigureAwait(false);
        var resumed = await engine.ResumeAsync(method, new(context.GetRouteValue("source") as string, parameters), client, context.RequestAborted).ConfigureAwait(false);
        if (resumed is var (kind, outcome))
            await responder.RespondAsync(context, kind, outcome).ConfigureAwait(false);
        else
            await ContractPipeline.NotFoundAsync(context).ConfigureAwait(false);
    }

    private async Task RedirectAsync(HttpContext context)
    {
        var request = context.Request;
        var content = await SubmissionReader.ReadAsync(context).ConfigureAwait(false);
        var fields = content.Submission is { } form ? form.Names.SelectMany(n => form.Values(n).Select(v => KeyValuePair.Create(n, v))) : [];
        // What the address itself says wins over the form.
        var query = request.Query.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? "")));
        var added = fields.Where(f => !request.Query.ContainsKey(f.Key));
        Redirects.SeeOther(context, ReturnUrls.WithQuery(publicUrl.Of(request) + request.Path, query.Concat(added)), StatusCodes.Status302Found);
    }
}
