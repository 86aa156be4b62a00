using System.Reflection;
using System.Text;

namespace Selfservice.Strategies.Password.Policy;

/// <summary>The embedded list of common passwords; see Data/common-passwords.LICENSE.txt for its source.</summary>
/// <remarks>
/// The list is searched where the loader mapped it, in the assembly's file: nothing is read at start, nothing lies on the heap, and a lookup touches
/// a few cache lines.
/// </remarks>
internal sealed unsafe class CommonPasswords : IDisposable
{
    private const string ResourceName = "Selfservice.Strategies.Password.Policy.Data.common-passwords.txt";
    private const int LongestBytes = 64;

    private readonly UnmanagedMemoryStream _list = (UnmanagedMemoryStream)(Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
        ?? throw new InvalidOperationException($"The assembly lacks its resource {ResourceName}: build it again."));

    /// <summary>Whether the whole password is in the list, ignoring case. A part of a password never counts (NIST SP 800-63B-4, section 3.1.1.2).</summary>
    public bool Contains(string password)
    {
        Span<byte> bytes = stackalloc byte[LongestBytes];
        // The list is ASCII in lower case.
        if (!Encoding.UTF8.TryGetBytes(password.ToLowerInvariant(), bytes, out var length))
            return false;
        return Contains(new ReadOnlySpan<byte>(_list.PositionPointer, (int)_list.Length), bytes[..length]);
    }

    /// <inheritdoc/>
    public void Dispose() => _list.Dispose();

    // Lines sorted by byte, each with its line feed: halve the text, then go back to the start of the line in the middle.
    private static bool Contains(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> wanted)
    {
        while (!lines.IsEmpty)
        {
            var start = lines[..(lines.Length / 2)].LastIndexOf((byte)'\n') + 1;
            var end = start + lines[start..].IndexOf((byte)'\n');
            var order = wanted.SequenceCompareTo(lines[start..end]);
            if (order == 0)
                return true;
            lines = order < 0 ? lines[..start] : lines[(end + 1)..];
        }

        return false;
    }
}
