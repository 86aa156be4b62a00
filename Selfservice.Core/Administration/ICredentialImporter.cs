using System.Text.Json;
using Selfservice.Identities;

namespace Selfservice.Administration;

/// <summary>A method whose credentials an administrator may bring along.</summary>
public interface ICredentialImporter
{
    /// <summary>The type of credentials.</summary>
    CredentialType CredentialType { get; }

    /// <summary>Turns what an administrator sends into what is stored.</summary>
    /// <param name="config">The credential's configuration as sent.</param>
    /// <param name="before">The credential as it is; an empty one with the identifiers of the schema, if any, where there is none yet.</param>
    /// <param name="cancellationToken">Stops waiting for a costly computation to begin.</param>
    /// <returns>What is stored; <paramref name="before"/> to leave it; null with a reason when it cannot be used.</returns>
    ValueTask<(Credential? Credential, string? Fault)> ImportAsync(JsonElement config, Credential before, CancellationToken cancellationToken);

    /// <summary>The configuration as administrators may see it, for example with what is sealed opened; by default as it is stored.</summary>
    JsonElement Export(Credential credential) => credential.Config;
}
