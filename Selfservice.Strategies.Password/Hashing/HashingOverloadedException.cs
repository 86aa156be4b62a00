namespace Selfservice.Strategies.Password.Hashing;

/// <summary>More passwords wait to be hashed than this machine can hash in time. The host answers 503 with <c>Retry-After</c>.</summary>
public sealed class HashingOverloadedException : Exception
{
    /// <summary>Makes an exception with the usual text and no advice about when to come back.</summary>
    public HashingOverloadedException()
        : this("Too many passwords wait to be hashed. Try again later, or raise the limits of password hashing.")
    {
    }

    /// <summary>Makes an exception with a text of its own.</summary>
    /// <param name="message">The text.</param>
    public HashingOverloadedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a text of its own and its cause.</summary>
    /// <param name="message">The text.</param>
    /// <param name="innerException">The cause.</param>
    public HashingOverloadedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception that advises when to come back.</summary>
    /// <param name="retryAfter">See <see cref="RetryAfter"/>.</param>
    public HashingOverloadedException(TimeSpan retryAfter)
        : this() => RetryAfter = retryAfter;

    /// <summary>When a client should try again, for the <c>Retry-After</c> header.</summary>
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(5);
}
