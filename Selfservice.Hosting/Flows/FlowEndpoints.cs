using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Http;

namespace Selfservice.Hosting.Flows;

/// <summary>The endpoints of one kind of flow: begin it as a browser or as a native client, show it, submit it.</summary>
internal sealed class FlowEndpoints(
    FlowEngine engine, FlowResponder responder, ErrorResponder errors, ClientContexts clients, CsrfProtection csrf, PublicUrl publicUrl, TimeProvider clock, IOptions<SelfserviceOptions> options)
{
    public static RequestDelegate Create(FlowKind kind, ClientType client) => context => Self(context).CreateAsync(context, kind, client);

    public static RequestDelegate Fetch(FlowKind kind) => context => Self(context).FetchAsync(context, kind);

    public static RequestDelegate Submit(FlowKind kind) => context => Self(context).SubmitAsync(context, kind);

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
        if (kind == FlowKind.Registration && !options.Value.Flows.Registration.Enabled)
        {
            await errors.RespondAsync(context, FlowErrors.RegistrationDisabled).ConfigureAwait(false);
            return;
        }

        var record = Guid.TryParseExact(context.Request.Query["id"].FirstOrDefault(), "D", out var id) ? await engine.FindAsync(kind, id, context.RequestAborted).ConfigureAwait(false) : null;
        if (record is null)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
        else if (record.ClientType == ClientType.Browser && !csrf.OwnsFlow(context, record.CsrfSecret.Span))
            await JsonAnswer.WriteErrorAsync(context, csrf.Violation(context)).ConfigureAwait(false);
        else if (record.ExpiresAt <= clock.GetUtcNow())
        {
            var init = $"{publicUrl.Of(context.Request)}/self-service/{kind}/{(record.ClientType == ClientType.Browser ? "browser" : "api")}";
            await JsonAnswer.WriteErrorAsync(context, FlowErrors.FlowExpired(kind, record.ClientType, init, FlowEngine.Read(record).ReturnTo)).ConfigureAwait(false);
        }
        else
            await responder.WriteDocumentAsync(context, 200, record.Document).ConfigureAwait(false);
    }

    private async Task SubmitAsync(HttpContext context, FlowKind kind)
    {
        Guid? id = Guid.TryParseExact(context.Request.Query["flow"].FirstOrDefault(), "D", out var given) ? given : null;
        var content = await SubmissionReader.ReadAsync(context).ConfigureAwait(false);
        var client = await clients.OfAsync(context).ConfigureAwait(false);
        await responder.RespondAsync(context, kind, await engine.SubmitAsync(kind, id, content, client, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static bool IsTrue(string? text) => text is "1" or "t" or "T" or "TRUE" or "true" or "True";
}
