using System.Text;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>Whether a password gives itself away to someone who knows the identifier.</summary>
internal static class IdentifierSimilarity
{
    // Both are the contract's: fewer than five edits apart, or more than half of the password taken over in one piece.
    private const int FewestEdits = 5;
    private const int LongestBytes = 256;

    /// <summary>
    /// True where the two are similar, ignoring case. Never where one is longer than 256 bytes, since the work is the product of the lengths.
    /// </summary>
    public static bool IsTooHigh(string password, string identifier)
    {
        if (password.Length == 0 || identifier.Length == 0)
            return false;
        if (Encoding.UTF8.GetByteCount(password) > LongestBytes || Encoding.UTF8.GetByteCount(identifier) > LongestBytes)
            return false;
        var (edits, shared, length) = Compare(CodePoints(password), CodePoints(identifier));
        return edits < FewestEdits || 2 * shared > length;
    }

    // One pass over the table gives both the Levenshtein distance and the longest common substring.
    private static (int Edits, int Shared, int Length) Compare(ReadOnlySpan<int> password, ReadOnlySpan<int> identifier)
    {
        Span<int> edits = stackalloc int[identifier.Length + 1];
        Span<int> run = stackalloc int[identifier.Length + 1];
        run.Clear();
        for (var j = 0; j < edits.Length; j++)
            edits[j] = j;

        var longest = 0;
        for (var i = 1; i <= password.Length; i++)
        {
            var (editsDiagonal, runDiagonal) = (edits[0], 0);
            edits[0] = i;
            for (var j = 1; j < edits.Length; j++)
            {
                var isSame = password[i - 1] == identifier[j - 1];
                var (editsAbove, runAbove) = (edits[j], run[j]);
                edits[j] = Math.Min(Math.Min(edits[j - 1], editsAbove) + 1, editsDiagonal + (isSame ? 0 : 1));
                run[j] = isSame ? runDiagonal + 1 : 0;
                longest = Math.Max(longest, run[j]);
                (editsDiagonal, runDiagonal) = (editsAbove, runAbove);
            }
        }

        return (edits[^1], longest, password.Length);
    }

    private static int[] CodePoints(string text) => [.. text.ToLowerInvariant().EnumerateRunes().Select(static rune => rune.Value)];
}
