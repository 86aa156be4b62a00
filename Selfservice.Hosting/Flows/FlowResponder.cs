using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Hosting.Sessions;

namespace Selfservice.Hosting.Flows;

/// <summary>Turns what became of a flow into an HTTP answer, by the class of the client. Nothing else answers for flows.</summary>
internal sealed class FlowResponder(
    IOptions<SelfserviceOptions> options, PublicUrl publicUrl, CsrfProtection csrf, SessionCookie cookie, ErrorResponder errors, TimeProvider clock)
{
    public Task RespondAsync(HttpContext context, FlowKind kind, FlowOutcome outcome) => outcome switch
    {
        FlowOutcome.Created created => CreatedAsync(context, created.Flow),
        FlowOutcome.FormShown shown => FormShownAsync(context, shown),
        FlowOutcome.Replaced replaced => ReplacedAsync(context, replaced),
        FlowOutcome.AlreadySignedIn signedIn => AlreadySignedInAsync(context, kind, signedIn),
        FlowOutcome.Refused { ClientType: ClientType.Api } refused => JsonAnswer.WriteErrorAsync(context, refused.Error),
        FlowOutcome.Refused refused => errors.RespondAsync(context, refused.Error),
        FlowOutcome.External external => ExternalAsync(context, external.Location),
        FlowOutcome.SignedIn signedIn => SignedInAsync(context, signedIn),
        FlowOutcome.SignedUp signedUp => SignedUpAsync(context, signedUp),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public string UiUrl(HttpContext context, Flow flow) => UiUrl(context, flow.Kind) + "?flow=" + flow.Id;

    private string UiUrl(HttpContext context, FlowKind kind) =>
        ReturnUrls.Absolute(kind == FlowKind.Login ? options.Value.Flows.Login.UiUrl : options.Value.Flows.Registration.UiUrl, publicUrl.Of(context.Request));

    private Task CreatedAsync(HttpContext context, Flow flow)
    {
        if (flow.ClientType == ClientType.Api || Negotiation.AcceptsJson(context.Request))
            return WriteFlowAsync(context, 200, flow);
        Redirects.SeeOther(context, UiUrl(context, flow));
        return Task.CompletedTask;
    }

    private Task FormShownAsync(HttpContext context, FlowOutcome.FormShown shown)
    {
        if (WantsJson(context, shown.Flow))
            return WriteFlowAsync(context, 400, shown.Flow);
        // The contract redirects a failed registration with 302, everything else with 303.
        Redirects.SeeOther(context, UiUrl(context, shown.Flow), shown is { IsStep: false, Flow.Kind: var kind } && kind == FlowKind.Registration ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
        return Task.CompletedTask;
    }

    private Task ReplacedAsync(HttpContext context, FlowOutcome.Replaced replaced)
    {
        if (WantsJson(context, replaced.Flow))
            return JsonAnswer.WriteErrorAsync(context, replaced.Error);
        Redirects.SeeOther(context, UiUrl(context, replaced.Flow));
        return Task.CompletedTask;
    }

    private Task AlreadySignedInAsync(HttpContext context, FlowKind kind, FlowOutcome.AlreadySignedIn signedIn)
    {
        var isInit = HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.Value!.EndsWith("/" + kind.Name, StringComparison.Ordinal);
        var isApi = context.Request.Path.Value!.EndsWith("/api", StringComparison.Ordinal) || signedIn.Flow?.ClientType == ClientType.Api;
        if (isApi || (isInit ? Negotiation.AcceptsJson(context.Request) : Negotiation.IsJson(context.Request)))
            return signedIn.Flow is { } flow ? WriteFlowAsync(context, 400, flow) : JsonAnswer.WriteErrorAsync(context, signedIn.Error);
        Redirects.SeeOther(context, signedIn.Location, !isInit && kind == FlowKind.Registration ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
        return Task.CompletedTask;
    }

    private static Task ExternalAsync(HttpContext context, string location)
    {
        if (Negotiation.IsJson(context.Request))
            return JsonAnswer.WriteErrorAsync(context, FlowErrors.LocationChangeRequired(location));
        Redirects.SeeOther(context, location);
        return Task.CompletedTask;
    }

    private Task SignedInAsync(HttpContext context, FlowOutcome.SignedIn outcome)
    {
        if (outcome.Flow.ClientType == ClientType.Browser)
        {
            cookie.Write(context, outcome.Token, outcome.Session);
            if (outcome.IsOtherPerson)
                csrf.Rotate(context);
        }

        if (!WantsJson(context, outcome.Flow))
        {
            Redirects.SeeOther(context, outcome.Location);
            return Task.CompletedTask;
        }

        return JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartObject();
            if (outcome.Flow.ClientType == ClientType.Api)
                writer.WriteString("session_token", outcome.Token);
            writer.WritePropertyName("session");
            WireWriter.WriteSession(writer, outcome.Session, publicUrl.Of(context.Request), clock.GetUtcNow());
            WriteContinueWith(writer, outcome.ContinueWith);
            writer.WriteEndObject();
        });
    }

    private Task SignedUpAsync(HttpContext context, FlowOutcome.SignedUp outcome)
    {
        if (outcome.Flow.ClientType == ClientType.Browser && outcome is { Session: { } signedIn, Token: { } token })
        {
            cookie.Write(context, token, signedIn);
            csrf.Rotate(context);
        }

        if (!WantsJson(context, outcome.Flow))
        {
            Redirects.SeeOther(context, outcome.Location);
            return Task.CompletedTask;
        }

        return JsonAnswer.WriteAsync(context, 200, writer =>
        {
            var url = publicUrl.Of(context.Request);
            writer.WriteStartObject();
            if (outcome is { Flow.ClientType: ClientType.Api, Token: { } issued })
                writer.WriteString("session_token", issued);
            if (outcome.Session is { } session)
            {
                writer.WritePropertyName("session");
                WireWriter.WriteSession(writer, session, url, clock.GetUtcNow());
            }

            writer.WritePropertyName("identity");
            WireWriter.WriteIdentity(writer, outcome.Identity, url);
            WriteContinueWith(writer, outcome.ContinueWith);
            writer.WriteEndObject();
        });
    }

    public Task WriteFlowAsync(HttpContext context, int status, Flow flow) => WriteDocumentAsync(context, status, FlowEngine.Write(flow));

    /// <summary>Answers a flow's document, under the names of version 0.7 where the host wants those.</summary>
    public Task WriteDocumentAsync(HttpContext context, int status, ReadOnlyMemory<byte> document) =>
        JsonAnswer.WriteAsync(context, status, options.Value.FeatureFlags.LegacyV07Names ? LegacyFlowNames.Apply(document) : document);

    private static bool WantsJson(HttpContext context, Flow flow) => flow.ClientType == ClientType.Api || Negotiation.IsJson(context.Request);

    private static void WriteContinueWith(Utf8JsonWriter writer, IReadOnlyList<JsonObject> items)
    {
        writer.WritePropertyName("continue_with");
        if (items.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    }
}
