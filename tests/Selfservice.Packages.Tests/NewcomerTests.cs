namespace Selfservice.Packages.Tests;

/// <summary>What the README promises a newcomer, with the packed libraries: its lines make a host in which one signs up and in.</summary>
[TestFixture]
public sealed class NewcomerTests
{
    private const string Email = "newcomer@example.org", Password = "violet anchors drift 4711";

    [Test]
    public async Task ReadmeLines_InANewWebApplication_SignSomeoneUpAndIn()
    {
        using var application = new NewApplication();
        await application.CreateAsync(ReadmeProgram());
        var address = await application.StartAsync();

        using (var visitor = new Visitor(address))
        {
            await visitor.OpenAsync("/members");
            visitor.Location.AbsolutePath.ShouldBe("/login");
            await visitor.FollowAsync("Create one");
            await visitor.SubmitAsync(("traits.email", Email));
            await visitor.SubmitAsync(("password", Password));
            visitor.Location.AbsolutePath.ShouldBe("/members");
            visitor.Text.ShouldBe("Only for members.");
        }

        using (var visitor = new Visitor(address))
        {
            await visitor.OpenAsync("/members");
            await visitor.SubmitAsync(("identifier", Email), ("password", "not " + Password));
            visitor.Location.AbsolutePath.ShouldBe("/login");
            await visitor.SubmitAsync(("identifier", Email), ("password", Password));
            visitor.Text.ShouldBe("Only for members.");
        }
    }

    /// <summary>The first C# lines of the README: the whole of Program.cs.</summary>
    private static string ReadmeProgram()
    {
        var lines = File.ReadLines(Path.Combine(PackedLibraries.Repository, "README.md"))
            .SkipWhile(l => l != "```csharp").Skip(1).TakeWhile(l => l != "```").ToArray();
        lines.Length.ShouldBeInRange(1, 12);
        return string.Join('\n', lines) + "\n";
    }
}
