using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Selfservice.Strategies.Password.Hashing;

/// <summary>Argon2id (RFC 9106) in managed code, with bounded memory and a bounded queue. Use one for the whole host.</summary>
/// <remarks>Passwords, hashes and salts are never logged; buffers that held them are wiped.</remarks>
public sealed partial class Argon2idPasswordHasher : IPasswordHasher, IDisposable
{
    private readonly PasswordHashingOptions _options;
    private readonly IPasswordHashFormat[] _formats;
    private readonly ILogger _logger;
    private readonly HashingSlots _slots;
    private readonly Argon2MemoryPool _pool;
    private readonly bool _useAvx2;
    private readonly string _dummy;

    /// <summary>Makes the hasher.</summary>
    /// <param name="options">Costs and limits; validated here.</param>
    /// <param name="formats">Formats of other systems, asked in this order for hashes that are not Argon2id's.</param>
    /// <param name="time">The clock of waits and of idle memory.</param>
    /// <param name="logger">Told about stored hashes that cannot be read; null: nobody is.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public Argon2idPasswordHasher(
        PasswordHashingOptions options,
        IEnumerable<IPasswordHashFormat> formats,
        TimeProvider time,
        ILogger<Argon2idPasswordHasher>? logger = null)
        : this(options, formats, time, logger, Avx2Compression.IsSupported)
    {
    }

    internal Argon2idPasswordHasher(
        PasswordHashingOptions options, IEnumerable<IPasswordHashFormat> formats, TimeProvider time, ILogger<Argon2idPasswordHasher>? logger, bool useAvx2)
    {
        options.Validate();
        _options = options;
        _formats = [.. formats];
        _logger = logger ?? NullLogger<Argon2idPasswordHasher>.Instance;
        _slots = new HashingSlots(options, time);
        _pool = new Argon2MemoryPool(options, time);
        _useAvx2 = useAvx2;
        // No password is known whose tag this is: 16 to 64 random bytes.
        _dummy = new PhcString(
            options.Parameters,
            RandomNumberGenerator.GetBytes(options.Parameters.SaltBytes),
            RandomNumberGenerator.GetBytes(options.Parameters.TagBytes)).ToString();
    }

    internal Argon2MemoryPool Pool => _pool;

    internal HashingSlots Slots => _slots;

    /// <inheritdoc/>
    public async ValueTask<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        if (!PasswordText.IsUsable(password))
            throw new ArgumentException($"A password must be valid Unicode of at most {PasswordText.MaximumBytes} bytes.", nameof(password));
        return await _slots.RunAsync(() => Hash(PasswordText.Compose(password)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<PasswordVerification> VerifyAsync(string password, string encoded, CancellationToken cancellationToken)
    {
        if (!PasswordText.IsUsable(password))
            return PasswordVerification.Failed;
        if (PhcString.Parse(encoded, _options.MaximumMemoryKibibytes, _options.MaximumIterations) is { } hash)
            return await _slots.RunAsync(() => Verify(password, hash), cancellationToken).ConfigureAwait(false);
        if (Array.Find(_formats, format => format.Recognizes(encoded)) is { } foreign)
            return await _slots.RunAsync(() => VerifyForeign(password, encoded, foreign), cancellationToken).ConfigureAwait(false);

        // Same work as for a readable hash: the time must not tell which accounts are damaged.
        LogUnreadableHash();
        await VerifyAsync(password, _dummy, cancellationToken).ConfigureAwait(false);
        return PasswordVerification.Failed;
    }

    /// <inheritdoc/>
    public async ValueTask VerifyDummyAsync(string password, CancellationToken cancellationToken) =>
        await VerifyAsync(password, _dummy, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    private string Hash(string composed)
    {
        var salt = RandomNumberGenerator.GetBytes(_options.Parameters.SaltBytes);
        var tag = new byte[_options.Parameters.TagBytes];
        Compute(composed, _options.Parameters, salt, tag);
        return new PhcString(_options.Parameters, salt, tag).ToString();
    }

    private PasswordVerification Verify(string password, PhcString hash)
    {
        var composed = PasswordText.Compose(password);
        if (Matches(composed, hash))
            return hash.Parameters == _options.Parameters ? PasswordVerification.Success : PasswordVerification.SuccessRehashNeeded;
        // Other systems hashed what was typed. The second hash depends on what was typed only, so it tells
        // nothing about the account.
        return composed != password && Matches(password, hash) ? PasswordVerification.SuccessRehashNeeded : PasswordVerification.Failed;
    }

    private bool Matches(string text, PhcString hash)
    {
        Span<byte> tag = stackalloc byte[hash.Tag.Length];
        Compute(text, hash.Parameters, hash.Salt, tag);
        var isEqual = CryptographicOperations.FixedTimeEquals(tag, hash.Tag);
        CryptographicOperations.ZeroMemory(tag);
        return isEqual;
    }

    private void Compute(string text, Argon2Parameters parameters, ReadOnlySpan<byte> salt, Span<byte> tag)
    {
        Span<byte> buffer = stackalloc byte[PasswordText.MaximumBytes];
        var memory = _pool.Take(Argon2.BlocksFor(parameters));
        try
        {
            var password = buffer[..PasswordText.GetBytes(text, buffer)];
            Argon2.Hash(Argon2Type.Argon2id, parameters, new Argon2Input { Password = password, Salt = salt }, memory, tag, _useAvx2);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            _pool.Return(memory);
        }
    }

    private static PasswordVerification VerifyForeign(string password, string encoded, IPasswordHashFormat format)
    {
        Span<byte> buffer = stackalloc byte[PasswordText.MaximumBytes];
        try
        {
            return format.Verify(buffer[..PasswordText.GetBytes(password, buffer)], encoded)
                ? PasswordVerification.SuccessRehashNeeded
                : PasswordVerification.Failed;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    [LoggerMessage(
        2001, LogLevel.Warning,
        "A stored password hash cannot be read, or asks for more than the limits allow: its owner cannot sign in with a password.",
        EventName = "PasswordHashUnreadable")]
    private partial void LogUnreadableHash();
}
