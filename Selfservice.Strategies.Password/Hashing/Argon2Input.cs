namespace Selfservice.Strategies.Password.Hashing;

/// <summary>What is hashed, beside the parameters (RFC 9106, section 3.1).</summary>
internal readonly ref struct Argon2Input
{
    /// <summary>The message P: the password.</summary>
    public ReadOnlySpan<byte> Password { get; init; }

    /// <summary>The nonce S: the salt.</summary>
    public ReadOnlySpan<byte> Salt { get; init; }

    /// <summary>The secret value K; empty means none.</summary>
    public ReadOnlySpan<byte> Secret { get; init; }

    /// <summary>The associated data X; empty means none.</summary>
    public ReadOnlySpan<byte> AssociatedData { get; init; }
}
