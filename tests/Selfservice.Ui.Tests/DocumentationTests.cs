namespace Selfservice.Ui.Tests;

internal sealed class DocumentationTests
{
    [Test]
    public void EveryOption_IsOnThePage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Selfservice.sln")))
            folder = folder.Parent;
        var page = File.ReadAllText(Path.Combine(folder.ShouldNotBeNull().FullName, "docs", "ui.md"));

        typeof(SelfserviceUiOptions).GetProperties().Select(p => p.Name).Where(n => !page.Contains($"`{n}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
