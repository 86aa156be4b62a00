using System.Diagnostics.CodeAnalysis;

namespace Selfservice.Api.Tests;

/// <summary>A printer that leaves something out lets a change of it pass.</summary>
public sealed class ApiPrinterTests
{
    [TestCase(nameof(Sample.Task), "static Task<string?> Task(string? text, string other)")]
    [TestCase(nameof(Sample.Inner), "static Dictionary<string, List<string?>?>? Inner((int, string?)? pair)")]
    [TestCase(nameof(Sample.Arrays), "static string?[] Arrays(string[]? items)")]
    [TestCase(nameof(Sample.Same), "static T Same<T>(T value)")]
    [TestCase(nameof(Sample.Maybe), "static T? Maybe<T>(T? value)")]
    [TestCase(nameof(Sample.Held), "static TMade Held<TMade, TAny, TKey, TValue>(TAny any, TKey key, TValue? value) where TMade : class, IDisposable, new() where TAny : class? where TKey : notnull where TValue : struct")]
    [TestCase(nameof(Sample.TryFind), "static bool TryFind(Func<string?, object> find, [NotNullWhen(true)] out string? found)")]
    public void Method_SaysWhatMayBeNullAndWhatParametersAreHeldTo(string name, string expected) =>
        ApiPrinter.Print(typeof(Sample)).Split('\n').Select(l => l.Trim()).Single(l => l.Contains($" {name}", StringComparison.Ordinal)).Replace("ValueTuple<int, string?>", "(int, string?)", StringComparison.Ordinal)
            .ShouldBe(expected);

    [Test]
    public void Type_SaysWhatItsParametersAreHeldToAndItsPropertiesMayBe() =>
        ApiPrinter.Print(typeof(Box<>)).ShouldBe("""
            Selfservice.Api.Tests: sealed class ApiPrinterTests.Box<TItem> where TItem : class
              IReadOnlyList<TItem?> Items { get; }
              TItem? First { get; set; }
              new()
              string Item[string? key] { get; }

            """.ReplaceLineEndings("\n"));

    private static class Sample
    {
        public static Task<string?> Task(string? text, string other) => System.Threading.Tasks.Task.FromResult<string?>(text + other);

        public static Dictionary<string, List<string?>?>? Inner((int, string?)? pair) => pair is null ? [] : null;

        public static string?[] Arrays(string[]? items) => items ?? [];

        public static T Same<T>(T value) => value;

        public static T? Maybe<T>(T? value) => value;

        public static TMade Held<TMade, TAny, TKey, TValue>(TAny any, TKey key, TValue? value)
            where TMade : class, IDisposable, new()
            where TAny : class?
            where TKey : notnull
            where TValue : struct => (any, key, value) is { } ? new TMade() : throw new InvalidOperationException();

        public static bool TryFind(Func<string?, object> find, [NotNullWhen(true)] out string? found) => (found = find(null).ToString()) is not null;
    }

    private sealed class Box<TItem>
        where TItem : class
    {
        public IReadOnlyList<TItem?> Items { get; } = [];

        public TItem? First { get; set; }

        public string this[string? key] => key ?? "";
    }
}
