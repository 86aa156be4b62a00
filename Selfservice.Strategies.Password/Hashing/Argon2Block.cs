namespace Selfservice.Strategies.Password.Hashing;

/// <summary>The unit of Argon2's memory: 1,024 bytes, worked on as 128 words (RFC 9106, section 3.2).</summary>
internal static class Argon2Block
{
    public const int Bytes = 1024;
    public const int Words = Bytes / sizeof(ulong);
}
