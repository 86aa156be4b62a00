using Selfservice.Identities;

namespace Selfservice.Settings;

/// <summary>The parts of an account through which somebody could take it over: what signs in, and where proofs are sent.</summary>
internal static class ProtectedParts
{
    public static bool Differ(Identity before, Identity after) =>
        !before.VerifiableAddresses.Select(a => (a.Via, a.Value, a.Verified, a.Status)).SequenceEqual(after.VerifiableAddresses.Select(a => (a.Via, a.Value, a.Verified, a.Status)))
        || !before.RecoveryAddresses.Select(a => (a.Via, a.Value)).ToHashSet().SetEquals(after.RecoveryAddresses.Select(a => (a.Via, a.Value)))
        || !Credentials(before).SetEquals(Credentials(after));

    private static HashSet<string> Credentials(Identity identity) =>
        [.. identity.Credentials.Select(c => $"{c.Type}\0{c.Version}\0{string.Join('\n', c.Identifiers)}\0{c.Config.GetRawText()}")];
}
