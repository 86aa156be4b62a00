using Selfservice.Flows;
using Selfservice.Secrets;

namespace Selfservice.Sessions;

/// <summary>Codes by which a native client fetches the session that a browser gets for it.</summary>
internal sealed class SessionExchangeCodes(OneTimeSecretKeys keys, TimeProvider clock)
{
    public const string Purpose = "session_exchange";

    /// <summary>Makes a code for a flow and shows it in the flow, once.</summary>
    public OneTimeSecret Issue(EntryFlow flow)
    {
        var now = clock.GetUtcNow();
        flow.SessionTokenExchangeCode = SessionTokens.NewExchangeCode();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Purpose = Purpose,
            Mac = keys.Mac(Purpose, flow.SessionTokenExchangeCode),
            FlowId = flow.Id,
            IssuedAt = now,
            ExpiresAt = flow.ExpiresAt,
        };
    }
}
