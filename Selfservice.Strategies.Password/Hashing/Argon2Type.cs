namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The type y of RFC 9106, section 3.1. Selfservice makes Argon2id only; the others prove the parts against the RFC's vectors.</summary>
internal enum Argon2Type
{
    /// <summary>References depend on the data everywhere.</summary>
    Argon2d = 0,

    /// <summary>References depend on the data nowhere.</summary>
    Argon2i = 1,

    /// <summary>References depend on the data from the second half of the first pass on.</summary>
    Argon2id = 2,
}
