using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Bench;

/// <summary>Our Argon2id beside the reference implementation's library, hash by hash in one thread.</summary>
internal static partial class Argon2Figures
{
    private const int Rounds = 60;

    public static void Measure()
    {
        using var hasher = new Argon2idPasswordHasher(new PasswordHashingOptions(), [], TimeProvider.System);
        var (ours, reference) = (new List<double>(), new List<double>());
        for (var i = -10; i < Rounds; i++)
        {
            var (a, b) = (Milliseconds(() => Ours(hasher)), Milliseconds(Reference));
            if (i < 0)
                continue;
            ours.Add(a);
            reference.Add(b);
        }

        var (own, theirs) = (Figure.Median(ours), Figure.Median(reference));
        Figure.AtMost("Argon2id (m=19 MiB, t=2, p=1), share of libargon2's time", own / theirs, 1, "", $"medians {own:0.0} and {theirs:0.0} ms; the aim is 0.6");
    }

    // A caller of the hasher would await; here one thread does nothing else meanwhile.
    private static void Ours(Argon2idPasswordHasher hasher) => hasher.HashAsync("a long bench password 4711", CancellationToken.None).AsTask().Wait();

    private static void Reference()
    {
        var password = "a long bench password 4711"u8.ToArray();
        var (salt, tag) = (Encoding.ASCII.GetBytes("sixteen bytes of"), new byte[32]);
        var result = Argon2idHash(2, 19 * 1024, 1, password, (nuint)password.Length, salt, (nuint)salt.Length, tag, (nuint)tag.Length);
        if (result != 0)
            throw new InvalidOperationException($"libargon2 answered {result}.");
    }

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    [LibraryImport("libargon2.so.1", EntryPoint = "argon2id_hash_raw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Argon2idHash(
        uint passes, uint kibibytes, uint lanes, byte[] password, nuint passwordLength, byte[] salt, nuint saltLength, [Out] byte[] tag, nuint tagLength);
}
