using Selfservice.Flows;
using Selfservice.Hosting.Http;

namespace Selfservice.Hosting.OpenApi;

/// <summary>Marks an endpoint as described by an OpenAPI document.</summary>
/// <param name="Document">The document; one of <see cref="ApiDocuments"/>.</param>
/// <param name="Route">What the endpoint answers by method.</param>
/// <param name="Flow">The kind of flow that it belongs to; null for none.</param>
internal sealed record ApiDescription(string Document, ContractRoute Route, FlowKind? Flow = null);
