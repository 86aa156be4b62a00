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
    /// <param name="cancellationToken">Stops waiting for a costly computation to begin.</param>
    /// <returns>What is stored; null with a reason when it cannot be used.</returns>
    ValueTask<(JsonElement? Config, string? Fault)> ImportAsync(JsonElement config, CancellationToken cancellationToken);
}
