using Selfservice.Flows;
using Selfservice.Secrets;
using Selfservice.Storage;

namespace Selfservice.Sessions;

/// <summary>
/// Codes by which a native client fetches the session that a browser gets for it. The client is given one when it begins its flow, the browser brings it the other one: who has only
/// one of the two, by looking over a shoulder or by taking over the app's address, has nothing.
/// </summary>
internal sealed class SessionExchangeCodes(OneTimeSecretKeys keys, IStore store, TimeProvider clock)
{
    public const string Purpose = "session_exchange";
    private const string ReturnPurpose = "session_exchange_return";

    /// <summary>Makes the client's code for a flow and shows it in the flow, once.</summary>
    public OneTimeSecret Issue(EntryFlow flow)
    {
        flow.SessionTokenExchangeCode = SessionTokens.NewExchangeCode();
        flow.ExchangeFlowId = flow.Id;
        return New(Purpose, flow.SessionTokenExchangeCode, flow.Id, flow.ExpiresAt);
    }

    /// <summary>Makes the browser's code for a session that waits for its client.</summary>
    public Delivery Deliver(EntryFlow flow, Session session)
    {
        var code = SessionTokens.NewExchangeCode();
        return new(code, New(ReturnPurpose, code, flow.ExchangeFlowId!.Value, flow.ExpiresAt) with { IdentityId = session.IdentityId, Subject = session.Id.ToString() });
    }

    /// <summary>The session that both codes together stand for, and its token. They work once; null for codes that do not belong together, or do not work (any more).</summary>
    public Task<(Session Session, string Token)?> RedeemAsync(string clientCode, string browserCode)
    {
        var (mine, brought) = (keys.Macs(Purpose, clientCode).ToArray(), keys.Macs(ReturnPurpose, browserCode).ToArray());
        return store.WriteAsync(
            async (scope, token) =>
            {
                var now = clock.GetUtcNow();
                if (await FindAsync(scope, Purpose, mine, token).ConfigureAwait(false) is not { } client
                    || await FindAsync(scope, ReturnPurpose, brought, token).ConfigureAwait(false) is not { } browser
                    || client.FlowId != browser.FlowId
                    || await scope.Sessions.FindAsync(Guid.Parse(browser.Subject), token).ConfigureAwait(false) is not { } session
                    || !session.IsActive(now)
                    || !await scope.Secrets.ConsumeAsync(browser.Id, now, token).ConfigureAwait(false)
                    || !await scope.Secrets.ConsumeAsync(client.Id, now, token).ConfigureAwait(false))
                {
                    scope.RollBack();
                    return null;
                }

                // Nobody has had the session's token so far: it is made here, and leaves here.
                var fresh = SessionTokens.New();
                return await scope.Sessions.RenewAsync(session, SessionTokens.Hash(fresh), now, token).ConfigureAwait(false) ? (session, fresh) : ((Session, string)?)null;
            },
            CancellationToken.None);
    }

    private static async Task<OneTimeSecret?> FindAsync(IStoreScope scope, string purpose, byte[][] macs, CancellationToken cancellationToken)
    {
        foreach (var mac in macs)
            if (await scope.Secrets.FindAsync(purpose, mac, cancellationToken).ConfigureAwait(false) is { } secret)
                return secret;
        return null;
    }

    private OneTimeSecret New(string purpose, string code, Guid flowId, DateTimeOffset expiresAt)
    {
        var now = clock.GetUtcNow();
        return new() { Id = Guid.CreateVersion7(now), Purpose = purpose, Mac = keys.Mac(purpose, code), FlowId = flowId, IssuedAt = now, ExpiresAt = expiresAt };
    }

    /// <summary>A session that waits for its client.</summary>
    /// <param name="Code">What the browser brings.</param>
    /// <param name="Secret">What is stored of it.</param>
    internal sealed record Delivery(string Code, OneTimeSecret Secret)
    {
        /// <summary>Stores the session, under a token that nobody is told, and the code.</summary>
        public async Task WriteAsync(IStoreScope scope, Session session, CancellationToken cancellationToken)
        {
            await scope.Sessions.InsertAsync(session, SessionTokens.Hash(SessionTokens.New()), cancellationToken).ConfigureAwait(false);
            await scope.Secrets.InsertAsync(Secret, cancellationToken).ConfigureAwait(false);
        }
    }
}
