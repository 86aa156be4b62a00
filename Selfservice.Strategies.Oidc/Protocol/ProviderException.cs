using Selfservice.Errors;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>A provider's answer that cannot be used. Caught where a provider is asked: the operator reads the message in the log, the person reads the error.</summary>
public sealed class ProviderException : Exception
{
    /// <summary>Says what the person and the operator are told.</summary>
    /// <param name="error">What the person is told; with the code 400 on the flow, else on the error page.</param>
    /// <param name="message">What the operator is told; without secrets and personal data.</param>
    /// <param name="inner">What it came from; null for nothing.</param>
    public ProviderException(ErrorObject error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>Says that a provider answered with something that has another shape than its documentation says.</summary>
    /// <param name="message">What the operator is told; without secrets and personal data.</param>
    public ProviderException(string message)
        : this(OidcErrors.UnusableAnswer, message)
    {
    }

    /// <summary>Says that a provider answered with something that has another shape than its documentation says.</summary>
    /// <param name="message">What the operator is told; without secrets and personal data.</param>
    /// <param name="innerException">What it came from.</param>
    public ProviderException(string message, Exception innerException)
        : this(OidcErrors.UnusableAnswer, message, innerException)
    {
    }

    /// <summary>Says that a provider's answer cannot be used.</summary>
    public ProviderException()
        : this("The provider's answer cannot be used")
    {
    }

    /// <summary>What the person is told.</summary>
    public ErrorObject Error { get; }
}
