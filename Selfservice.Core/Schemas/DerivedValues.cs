namespace Selfservice.Schemas;

/// <summary>What the traits declared so far. A branch of the schema that does not hold takes back what it added.</summary>
internal sealed class DerivedValues
{
    private const string CodeAddress = "code address";
    private const string Verifiable = "verifiable";
    private const string Recovery = "recovery";

    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public void TakeBack(int count) => _entries.RemoveRange(count, _entries.Count - count);

    public void AddIdentifier(string credentialType, string value) => Add(new(credentialType, "", value));

    public void AddCodeAddress(string via, string value) => Add(new(CodeAddress, via, value));

    public void AddVerifiable(string via, string value) => Add(new(Verifiable, via, value));

    public void AddRecovery(string via, string value) => Add(new(Recovery, via, value));

    public TraitsEvaluation ToEvaluation() => new()
    {
        Identifiers = _entries.Where(e => e.Via.Length == 0).GroupBy(e => e.Kind)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(e => e.Value)], StringComparer.Ordinal),
        CodeAddresses = Addresses(CodeAddress),
        VerifiableAddresses = Addresses(Verifiable),
        RecoveryAddresses = Addresses(Recovery),
    };

    private void Add(Entry entry)
    {
        if (entry.Value.Length > 0 && !_entries.Contains(entry))
            _entries.Add(entry);
    }

    private TraitAddress[] Addresses(string kind) => [.. _entries.Where(e => e.Kind == kind).Select(e => new TraitAddress(e.Via, e.Value))];

    private sealed record Entry(string Kind, string Via, string Value);
}
