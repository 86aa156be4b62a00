using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Hosting.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Wire;

namespace Selfservice.Hosting.Flows;

/// <summary>Turns what became of a flow into an HTTP answer, by the class of the client. Nothing else answers for flows.</summary>
internal sealed class FlowResponder(
    IOptions<SelfserviceOptions> options, PublicUrl publicUrl, CsrfProtection csrf, SessionCookie cookie, ContinuityCookie continuity, RequestSession sessions, ErrorResponder errors, TimeProvider clock)
{
    public Task RespondAsync(HttpContext context, FlowKind kind, FlowOutcome outcome)
    {
        if (!outcome.NewBrowserSecret.IsEmpty)
            csrf.Set(context, outcome.NewBrowserSecret.ToArray());
        return outcome switch
        {
            FlowOutcome.Created created => CreatedAsync(context, created),
            FlowOutcome.Shown shown => WriteDocumentAsync(context, StatusCodes.Status200OK, shown.Document),
            FlowOutcome.FormShown shown => FormShownAsync(context, shown),
            FlowOutcome.Opened opened => SeeOtherAsync(context, UiUrl(context, opened.Flow)),
            FlowOutcome.Replaced replaced => ReplacedAsync(context, replaced),
            FlowOutcome.AlreadySignedIn signedIn => AlreadySignedInAsync(context, kind, signedIn),
            FlowOutcome.Detour detour => DetourAsync(context, kind, detour),
            FlowOutcome.Refused { ClientType: ClientType.Api } refused => JsonAnswer.WriteErrorAsync(context, refused.Error),
            FlowOutcome.Refused refused => errors.RespondAsync(context, refused.Error),
            FlowOutcome.External external => ExternalAsync(context, external),
            FlowOutcome.SignedIn signedIn => SignedInAsync(context, signedIn),
            FlowOutcome.SignedUp signedUp => SignedUpAsync(context, signedUp),
            FlowOutcome.SettingsSaved saved => SettingsSavedAsync(context, saved),
            FlowOutcome.Recovered recovered => RecoveredAsync(context, recovered),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public string UiUrl(HttpContext context, Flow flow) => $"{ReturnUrls.Absolute(options.Value.Flows.UiUrlOf(flow.Kind), publicUrl.Of(context.Request))}?flow={flow.Id}";

    private static Task SeeOtherAsync(HttpContext context, string location, int status = StatusCodes.Status303SeeOther)
    {
        Redirects.SeeOther(context, location, status);
        return Task.CompletedTask;
    }

    private Task CreatedAsync(HttpContext context, FlowOutcome.Created created)
    {
        if (created.Flow.ClientType == ClientType.Browser && !Negotiation.AcceptsJson(context.Request))
            return SeeOtherAsync(context, UiUrl(context, created.Flow));
        return WriteDocumentAsync(context, StatusCodes.Status200OK, created.Document.IsEmpty ? FlowEngine.Write(created.Flow) : created.Document);
    }

    private Task FormShownAsync(HttpContext context, FlowOutcome.FormShown shown)
    {
        var isEntry = shown.Flow is EntryFlow;
        // In the contract a step of a login or a registration answers 400 like a fault, one of the other flows 200; a failed registration redirects with 302, everything else with 303.
        if (shown.FollowsLink ? Negotiation.IsJson(context.Request) : WantsJson(context, shown.Flow))
            return WriteFlowAsync(context, shown.IsStep && !isEntry ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, shown.Flow);
        var isFailedRegistration = !shown.IsStep && shown.Flow.Kind == FlowKind.Registration;
        var page = UiUrl(context, shown.Flow) + (shown.PageQuery.Length == 0 ? "" : "&" + shown.PageQuery);
        return SeeOtherAsync(context, page, isFailedRegistration ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
    }

    private Task ReplacedAsync(HttpContext context, FlowOutcome.Replaced replaced)
    {
        if (!WantsJson(context, replaced.Flow))
            return SeeOtherAsync(context, UiUrl(context, replaced.Flow));
        return replaced.Error is { } error
            ? JsonAnswer.WriteErrorAsync(context, error)
            : SeeOtherAsync(context, $"{publicUrl.Of(context.Request)}/self-service/{replaced.Flow.Kind}/flows?id={replaced.Flow.Id}");
    }

    private Task AlreadySignedInAsync(HttpContext context, FlowKind kind, FlowOutcome.AlreadySignedIn signedIn)
    {
        if (TakesJson(context, kind, signedIn.Flow?.ClientType))
            return signedIn.Flow is { } flow ? WriteFlowAsync(context, StatusCodes.Status400BadRequest, flow) : JsonAnswer.WriteErrorAsync(context, signedIn.Error);
        var isFound = kind == FlowKind.Recovery || (kind == FlowKind.Registration && !IsInit(context, kind));
        return SeeOtherAsync(context, signedIn.Location, isFound ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
    }

    private static Task DetourAsync(HttpContext context, FlowKind kind, FlowOutcome.Detour detour)
    {
        if (TakesJson(context, kind, detour.ClientType))
            return JsonAnswer.WriteErrorAsync(context, detour.Error);
        // Who is not signed in and submits is redirected with 302 in the contract.
        var isFound = detour.Error.Code == StatusCodes.Status401Unauthorized && !IsInit(context, kind);
        return SeeOtherAsync(context, detour.Location, isFound ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther);
    }

    private static bool TakesJson(HttpContext context, FlowKind kind, ClientType? client) =>
        client == ClientType.Api
        || context.Request.Path.Value!.EndsWith("/api", StringComparison.Ordinal)
        || (IsInit(context, kind) ? Negotiation.AcceptsJson(context.Request) : Negotiation.IsJson(context.Request));

    private static bool IsInit(HttpContext context, FlowKind kind) =>
        HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.Value!.EndsWith("/" + kind.Name, StringComparison.Ordinal);

    private Task ExternalAsync(HttpContext context, FlowOutcome.External external)
    {
        if (external.ContinuityToken is { } token)
            continuity.Write(context, token);
        return Negotiation.IsJson(context.Request)
            ? JsonAnswer.WriteErrorAsync(context, FlowErrors.LocationChangeRequired(external.Location))
            : SeeOtherAsync(context, external.Location);
    }

    private Task SignedInAsync(HttpContext context, FlowOutcome.SignedIn outcome)
    {
        if (outcome.Flow.ClientType == ClientType.Browser)
            cookie.Write(context, outcome.Token, outcome.Session);

        if (!WantsJson(context, outcome.Flow))
            return SeeOtherAsync(context, outcome.Location);
        if (outcome is { NeedsSecondFactor: true, Flow.ClientType: ClientType.Browser })
            return JsonAnswer.WriteErrorAsync(context, FlowErrors.LocationChangeRequired(outcome.Location));

        return JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartObject();
            if (outcome.Flow.ClientType == ClientType.Api)
                writer.WriteString("session_token", outcome.Token);
            writer.WritePropertyName("session");
            WireWriter.WriteSession(writer, outcome.Session, publicUrl.Of(context.Request), clock.GetUtcNow(), withIdentity: !outcome.NeedsSecondFactor);
            WriteContinueWith(writer, outcome.ContinueWith);
            writer.WriteEndObject();
        });
    }

    private Task SignedUpAsync(HttpContext context, FlowOutcome.SignedUp outcome)
    {
        if (outcome.Flow.ClientType == ClientType.Browser && outcome is { Session: { } signedIn, Token: { } token })
            cookie.Write(context, token, signedIn);

        if (!WantsJson(context, outcome.Flow))
            return SeeOtherAsync(context, outcome.Location);

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

    private async Task SettingsSavedAsync(HttpContext context, FlowOutcome.SettingsSaved outcome)
    {
        // The browser keeps its session and learns again how long it lasts.
        if (outcome.Flow.ClientType == ClientType.Browser && await sessions.FindAsync(context).ConfigureAwait(false) is { CookieEnd: not null } proven)
            cookie.Write(context, proven.Token, outcome.Renewed ?? proven.Session);
        if (WantsJson(context, outcome.Flow))
            await WriteFlowAsync(context, StatusCodes.Status200OK, outcome.Flow).ConfigureAwait(false);
        else
            Redirects.SeeOther(context, outcome.Location);
    }

    private Task RecoveredAsync(HttpContext context, FlowOutcome.Recovered outcome)
    {
        if (outcome.Flow.ClientType == ClientType.Browser || outcome.FollowsLink)
            cookie.Write(context, outcome.Token, outcome.Session);
        if (outcome.FollowsLink || !WantsJson(context, outcome.Flow))
            return SeeOtherAsync(context, outcome.Location);
        return outcome.TellsNext
            ? WriteFlowAsync(context, StatusCodes.Status200OK, outcome.Flow)
            : JsonAnswer.WriteErrorAsync(context, FlowErrors.LocationChangeRequired(outcome.Location));
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
