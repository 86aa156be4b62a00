using System.Reflection;

namespace Selfservice.Courier.Tests;

public sealed class DocumentationTests
{
    [Test]
    public void EverySetting_IsOnThePage()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "courier.md"));
        Paths(typeof(CourierOptions), "").Concat(Paths(typeof(RequestOptions), "")).Where(p => !page.Contains($"`{p}`", StringComparison.Ordinal)).ShouldBeEmpty();
        typeof(TemplatesOptions).GetProperties().Where(p => !page.Contains($"`{p.Name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Selfservice.sln")))
                folder = folder.Parent;
            return folder.FullName;
        }
    }

    /// <summary>The keys that the page names one by one; requests, channels and templates have tables or lists of their own.</summary>
    private static IEnumerable<string> Paths(Type type, string prefix) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(p =>
        p.PropertyType == typeof(List<ChannelOptions>) ? [$"{prefix}{p.Name}:0"]
        : p.PropertyType == typeof(RequestOptions) || p.PropertyType == typeof(TemplatesOptions) || p.PropertyType.Namespace != typeof(CourierOptions).Namespace || p.PropertyType.IsEnum ? [prefix + p.Name]
        : Paths(p.PropertyType, $"{prefix}{p.Name}:"));
}
