using Selfservice.Errors;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>What came of talking to a provider.</summary>
/// <typeparam name="T">What was wanted.</typeparam>
public abstract record ProviderResult<T>
{
    private ProviderResult()
    {
    }

    /// <summary>It worked.</summary>
    /// <param name="Value">What was wanted.</param>
    public sealed record Success(T Value) : ProviderResult<T>;

    /// <summary>It did not. An error with the code 400 is shown on the flow by its reason, any other on the error page.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Failure(ErrorObject Error) : ProviderResult<T>;
}
