namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>A repeatable source of test inputs (SplitMix64).</summary>
internal sealed class SeededBytes(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>A text of letters and digits.</summary>
    public string Text(int length) =>
        string.Create(length, this, static (span, source) =>
        {
            const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
            for (var i = 0; i < span.Length; i++)
                span[i] = Alphabet[source.Between(0, Alphabet.Length - 1)];
        });

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
