using System.Text.Json.Nodes;
using Selfservice.Identities;
using Selfservice.Storage;

namespace Selfservice.Verification;

/// <summary>A verification that begins by itself.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Address">The address.</param>
/// <param name="ContinueWith">What clients may be told of it.</param>
/// <param name="Work">What is to be stored.</param>
internal sealed record StartedVerification(VerificationFlow Flow, VerifiableAddress Address, JsonObject ContinueWith, StoreWork Work);
