using Selfservice.Errors;
using Selfservice.Identities;

namespace Selfservice.Strategies;

/// <summary>A method that can say whether an identity can sign in with it; what it says is shown as a hint.</summary>
public interface ICredentialStrategy : IStrategy
{
    /// <summary>The type of the method's credentials.</summary>
    CredentialType CredentialType { get; }

    /// <summary>How many first factors this credential amounts to: 0 when it is not set up.</summary>
    int CountFirstFactors(Credential credential);

    /// <summary>How many second factors this credential amounts to: 0 when it is not set up, or is none.</summary>
    int CountSecondFactors(Credential credential) => 0;

    /// <summary>The ids of the providers that this credential signs in with; empty for a method that knows of none.</summary>
    IReadOnlyList<string> ProvidersOf(Credential credential) => [];

    /// <summary>Takes a credential away on behalf of an administrator; by default that cannot be done.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="identifier">Which part of it, where it has several; null for none in particular.</param>
    /// <returns>The credential as it is to be; or why it stays.</returns>
    (Credential? Credential, ErrorObject? Error) Remove(Credential credential, string? identifier) =>
        (null, ErrorObject.BadRequest($"Credentials type {credential.Type} cannot be deleted."));
}
