using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Submissions;

namespace Selfservice.Hosting.Flows;

/// <summary>The endpoints of one kind of flow: begin it as a browser or as a native client, show it, submit it.</summary>
internal sealed class FlowEndpoints(
    FlowEngine engine, FlowResponder responder, ErrorResponder errors, ClientContexts clients, CsrfProtection csrf, PublicUrl publicUrl, IMailedLinkPage linkPage, IOptions<SelfserviceOptions> options)
{
    public static RequestDelegate Create(FlowKind kind, ClientType client) => context => Self(context).CreateAsync(context, kind, client);

    public static RequestDelegate Fetch(FlowKind kind) => context => Self(context).FetchAsync(context, kind);

    public static RequestDelegate Submit(FlowKind kind) => context => Self(context).SubmitAsync(context, kind);

    /// <summary>Opens what a link in a mail leads to.</summary>
    public static RequestDelegate OpenLink(FlowKind kind) => context => Self(context).OpenLinkAsync(context, kind);

    private static FlowEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<FlowEndpoints>();

    private async Task CreateAsync(HttpContext context, FlowKind kind, ClientType clientType)
    {
        var query = context.Request.Query;
        var init = new FlowInit
        {
            ClientType = clientType,
            RequestUrl = publicUrl.OfRequest(context.Request),
            CsrfSecret = clientType == ClientType.Browser ? csrf.Ensure(context) : default(ReadOnlyMemory<byte>),
            ReturnTo = query["return_to"].FirstOrDefault(),
            IdentitySchema = query["identity_schema"].FirstOrDefault(),
            OrganizationId = Guid.TryParseExact(query["organization"].FirstOrDefault(), "D", out var organization) ? organization : null,
            Refresh = IsTrue(query["refresh"].FirstOrDefault()),
            Aal = query["aal"].FirstOrDefault(),
            LoginChallenge = query.TryGetValue("login_challenge", out var challenge) ? challenge.ToString() : null,
            WantsExchangeCode = query["return_session_token_exchange_code"].FirstOrDefault() is { } wanted && (kind == FlowKind.Login ? IsTrue(wanted) : wanted == "true"),
        };
        var client = await clients.OfAsync(context).ConfigureAwait(false);
        var outcome = await engine.CreateAsync(kind, init, client, context.RequestAborted).ConfigureAwait(false);
        if (outcome is FlowOutcome.Refused { Error: var error } && clientType == ClientType.Api && Negotiation.AcceptsJson(context.Request))
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
        else
            await responder.RespondAsync(context, kind, outcome).ConfigureAwait(false);
    }

    private async Task FetchAsync(HttpContext context, FlowKind kind)
    {
        var client = await clients.OfAsync(context).ConfigureAwait(false);
        switch (await engine.ShowAsync(kind, Id(context, "id"), client, context.RequestAborted).ConfigureAwait(false))
        {
            case FlowOutcome.Refused { Error: { Code: StatusCodes.Status400BadRequest } error }:
                await errors.RespondAsync(context, error).ConfigureAwait(false);
                break;
            case FlowOutcome.Refused refused:
                await JsonAnswer.WriteErrorAsync(context, refused.Error).ConfigureAwait(false);
                break;
            case var outcome:
                await responder.RespondAsync(context, kind, outcome).ConfigureAwait(false);
                break;
        }
    }

    private async Task SubmitAsync(HttpContext context, FlowKind kind)
    {
        var content = await SubmissionReader.ReadAsync(context).ConfigureAwait(false);
        await SubmitAsync(context, kind, content with
        {
            MayResume = HttpMethods.IsGet(context.Request.Method) && !Negotiation.IsJson(context.Request),
            Query = content.Submission is null && context.Request.Query.Count > 1
                ? Submission.FromForm(context.Request.Query.Where(q => q.Key != "flow").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? "")))) : null,
        }).ConfigureAwait(false);
    }

    private async Task SubmitAsync(HttpContext context, FlowKind kind, SubmissionContent content)
    {
        var client = await clients.OfAsync(context).ConfigureAwait(false);
        await responder.RespondAsync(context, kind, await engine.SubmitAsync(kind, Id(context, "flow"), content, client, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task OpenLinkAsync(HttpContext context, FlowKind kind)
    {
        var query = context.Request.Query;
        var token = query["token"].FirstOrDefault() is { Length: > 0 } sent ? sent : null;
        var code = kind == FlowKind.Verification && query["code"].FirstOrDefault() is { Length: > 0 } known ? known : null;
        if (token is null && code is null)
            await SubmitAsync(context, kind).ConfigureAwait(false);
        else if (!options.Value.Security.InsecureLinksActOnGet)
            await ShowLinkAsync(context, kind, token ?? code!).ConfigureAwait(false);
        else if (token is not null)
            await SubmitAsync(context, kind, new(Submission.FromForm([KeyValuePair.Create("token", token)]), null)).ConfigureAwait(false);
        else
        {
            var client = await clients.OfAsync(context).ConfigureAwait(false);
            var outcome = await engine.OpenVerificationAsync(Id(context, "flow"), code!, client, context.RequestAborted).ConfigureAwait(false);
            await responder.RespondAsync(context, kind, outcome).ConfigureAwait(false);
        }
    }

    private async Task ShowLinkAsync(HttpContext context, FlowKind kind, string token)
    {
        var client = await clients.OfAsync(context).ConfigureAwait(false);
        await linkPage.ShowAsync(context, new()
        {
            Kind = kind,
            Action = $"{client.PublicUrl}/self-service/{kind}?flow={Id(context, "flow")}",
            Token = token,
            CsrfToken = CsrfTokens.Mask(csrf.Ensure(context)),
            Session = client.Session,
        }).ConfigureAwait(false);
    }

    private static Guid? Id(HttpContext context, string name) => Guid.TryParseExact(context.Request.Query[name].FirstOrDefault(), "D", out var id) ? id : null;

    private static bool IsTrue(string? text) => text is "1" or "t" or "T" or "TRUE" or "true" or "True";
}
