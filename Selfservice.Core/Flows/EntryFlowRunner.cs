using Selfservice.Strategies;

namespace Selfservice.Flows;

/// <summary>What the ways in have in common: one becomes the other, and a session may be handed to a native client that waits for it.</summary>
/// <typeparam name="TFlow">The flow.</typeparam>
/// <typeparam name="TStrategy">What a method must be able to do to take part.</typeparam>
/// <typeparam name="TCompletion">What a completed submission amounts to.</typeparam>
internal abstract class EntryFlowRunner<TFlow, TStrategy, TCompletion>(FlowKind kind, FlowServices services, IEnumerable<IStrategy> strategies)
    : FlowRunner<TFlow, TStrategy, TCompletion>(kind, services, strategies)
    where TFlow : EntryFlow
    where TStrategy : class, IStrategy
{
    /// <summary>Goes on with what a flow of the other kind found out.</summary>
    public async Task<FlowOutcome> AdoptAsync(FlowOutcome.Converted conversion, ClientContext client)
    {
        var flow = await FollowAsync(conversion.Origin, client, CancellationToken.None).ConfigureAwait(false);
        Inherit(flow, conversion);
        if (await StartAsync(flow, wantsExchangeCode: false, client, CancellationToken.None).ConfigureAwait(false) is not FlowOutcome.Created and var refused)
        {
            // Somebody submitted something, and it came to nothing.
            flow.Performer = conversion.Method;
            Services.Events.Answered(flow, refused);
            return refused;
        }

        var strategy = Enabled.First(s => s.Id == conversion.Method);
        var outcome = await RunAsync(flow, strategy, Claim.Submit, conversion.Submission, client, new(Proof: conversion.Proof)).ConfigureAwait(false);
        return Delivered(flow, outcome, client).For(flow.ClientType);
    }

    /// <summary>A new flow with a form of its own for who began the given one; it is not stored yet.</summary>
    protected abstract Task<TFlow> FollowAsync(EntryFlow origin, ClientContext client, CancellationToken cancellationToken);

    /// <summary>Takes over what belongs to who performs the flow.</summary>
    protected static void Inherit(TFlow flow, FlowOutcome.Converted conversion)
    {
        flow.Active = conversion.Method;
        flow.ComesBack = conversion.Origin.ComesBack;
        if (conversion.Origin.ExchangeFlowId is { } exchange)
            flow.ExchangeFlowId = exchange;
    }

    protected override async Task<TFlow> SucceedAsync(TFlow flow, ClientContext client, CancellationToken cancellationToken) =>
        await FollowAsync(flow, client, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether somebody who is signed in has a reason to go on.</summary>
    protected virtual bool IsForSignedIn(TFlow flow) => false;

    protected override async Task<FlowOutcome?> MeetSessionAsync(TFlow flow, ClientContext client)
    {
        if (client.Session is not { Identity: { } identity } session || IsForSignedIn(flow))
            return null;
        var location = Services.ReturnUrls.Resolve(flow.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        if (!flow.HandsOver)
            return new FlowOutcome.External(location);

        // The native client gets a session of its own: ending one of the two must not end the other, and a token never has two holders.
        var now = Services.Clock.GetUtcNow();
        var own = session with { Id = Guid.CreateVersion7(now), Identity = identity, IssuedAt = now, Devices = [.. (session.Devices ?? []).Select(d => d with { Id = Guid.CreateVersion7(now) })] };
        var delivery = Services.ExchangeCodes.Deliver(flow, own);
        var record = FlowSerializer.ToRecord(flow);
        var isOpen = await Services.Store.WriteAsync(
            async (scope, token) =>
            {
                // What has ended meanwhile is not handed on.
                if ((await scope.Sessions.FindAsync(session.Id, token).ConfigureAwait(false))?.IsActive(now) != true || !await CloseAsync(scope, record, now, token).ConfigureAwait(false))
                    return false;
                await delivery.WriteAsync(scope, own, token).ConfigureAwait(false);
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
        return isOpen
            ? new FlowOutcome.External(ReturnUrls.WithQuery(location, [KeyValuePair.Create("code", delivery.Code)])) { Success = new(own.IdentityId, own) }
            : await AnswerClosedAsync(flow, null, client, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The browser of a native client's flow is sent back to that client, which looks at its flow by itself.</summary>
    protected override FlowOutcome Delivered(TFlow flow, FlowOutcome outcome, ClientContext client)
    {
        if (!flow.HandsOver || outcome is not FlowOutcome.FormShown shown)
            return outcome;
        var location = Services.ReturnUrls.Resolve(flow.ReturnTo, Services.Options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        if (forbidden is not null)
            return new FlowOutcome.Refused(forbidden);
        return new FlowOutcome.External(shown.PageQuery.Length == 0
            ? location
            : ReturnUrls.WithQuery(location, [KeyValuePair.Create("flow", shown.Flow.Id.ToString()), .. Pairs(shown.PageQuery)]));
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string query) =>
        query.Split('&').Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]));
}
