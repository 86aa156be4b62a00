using System.Reflection;
using Selfservice.Testing.Snapshots;

namespace Selfservice.Api.Tests;

/// <summary>What each package promises to its users: a change of it is a change of the approved text.</summary>
public sealed class PublicApiTests
{
    private static readonly string Own = typeof(PublicApiTests).Assembly.GetName().Name!;

    internal static IEnumerable<string> Packages =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Selfservice*.dll").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != Own).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Packages))]
    public void PublicApi_IsAsApproved(string package) => ApiPrinter.Print(Assembly.Load(package)).ShouldMatchSnapshot($"approved/{package}.txt");

    [Test]
    public void Packages_AreAllFound() => Packages.ShouldContain("Selfservice.Core");
}
