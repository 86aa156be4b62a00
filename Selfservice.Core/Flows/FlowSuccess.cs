using Selfservice.Sessions;

namespace Selfservice.Flows;

/// <summary>What a completed flow came to.</summary>
/// <param name="IdentityId">Whose account it is about.</param>
/// <param name="Session">The session that began or was renewed; null where none was.</param>
internal sealed record FlowSuccess(Guid IdentityId, Session? Session = null);
