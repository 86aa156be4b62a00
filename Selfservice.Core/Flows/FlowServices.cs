using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Telemetry;

namespace Selfservice.Flows;

/// <summary>What every kind of flow works with.</summary>
internal sealed record FlowServices(
    IStore Store,
    IOptions<SelfserviceOptions> Options,
    TimeProvider Clock,
    IdentitySchemas Schemas,
    IdentityFactory Identities,
    SessionFactory Sessions,
    ReturnUrls ReturnUrls,
    SessionExchangeCodes ExchangeCodes,
    KeptSubmission Kept,
    MessageOutbox Outbox,
    HookPlan<FlowStart> StartHooks,
    SelfserviceEvents Events)
{
    /// <summary>The schema that a flow uses.</summary>
    public IdentitySchema SchemaOf(EntryFlow flow) => Schemas.Find(flow.IdentitySchema) ?? Schemas.Default;
}
