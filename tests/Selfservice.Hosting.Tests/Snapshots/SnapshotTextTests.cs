using Selfservice.Testing.Snapshots;

namespace Selfservice.Hosting.Tests.Snapshots;

public sealed class SnapshotTextTests
{
    [Test]
    public void Scrub_OfRandomValues_NumbersThemByKind()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var text = SnapshotText.Scrub($"{first} {second} {first} {Guid.Empty} ory_st_aB3 http://127.0.0.1:5080/ 2026-01-05T10:00:00Z");

        text.ShouldBe($"{{id-1}} {{id-2}} {{id-1}} {Guid.Empty} {{token-1}} http://127.0.0.1:{{port-1}}/ 2026-01-05T10:00:00Z");
    }

    [Test]
    public void ShouldMatchSnapshot_WithoutAnApprovedFile_Fails()
    {
        if (Environment.GetEnvironmentVariable(SnapshotText.UpdateVariable) == "1")
            Assert.Ignore($"{SnapshotText.UpdateVariable} is set: a missing snapshot is written.");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var error = Should.Throw<ShouldAssertException>(() => "new".ShouldMatchSnapshot("missing.txt", Path.Combine(folder.FullName, "Test.cs")));

            error.Message.ShouldContain("does not exist");
            File.ReadAllText(Path.Combine(folder.FullName, "missing.received.txt")).ShouldBe("new");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
