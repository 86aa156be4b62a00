using Selfservice.Strategies;

namespace Selfservice.Flows;

/// <summary>What a submission brings besides its fields.</summary>
/// <param name="Callback">What the browser brought back from where the method had sent it; null for a submission of its own.</param>
/// <param name="Proof">What the method found out in the flow that this one came of; null where it came of none.</param>
internal readonly record struct Arrival(Callback? Callback = null, object? Proof = null);
