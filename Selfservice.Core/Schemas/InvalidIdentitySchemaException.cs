namespace Selfservice.Schemas;

/// <summary>An identity schema cannot be enforced as it is written; the message is one sentence with the fact and the remedy. The host must not start.</summary>
public sealed class InvalidIdentitySchemaException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public InvalidIdentitySchemaException()
    {
    }

    /// <summary>Makes the exception with its sentence.</summary>
    public InvalidIdentitySchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its sentence and its cause.</summary>
    public InvalidIdentitySchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
