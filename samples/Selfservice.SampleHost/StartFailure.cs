using Microsoft.Extensions.Options;
using Selfservice.Schemas;

namespace Selfservice.SampleHost;

/// <summary>What keeps a host from starting and whoever starts it can mend: told in sentences, because a trace would bury them.</summary>
internal static class StartFailure
{
    /// <summary>The sentences; none for a fault of the program, which is for a trace to tell.</summary>
    public static IReadOnlyList<string> Sentences(Exception failure) => failure switch
    {
        AggregateException several => [.. several.InnerExceptions.SelectMany(Sentences).Distinct()],
        OptionsValidationException options => [.. options.Failures],
        // The schema of identities; an address that somebody else listens on, a folder that cannot be written.
        InvalidIdentitySchemaException or IOException or UnauthorizedAccessException => [failure.Message],
        _ => [],
    };
}
