using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>Links between pages lead somewhere, and every page can be reached from the README.</summary>
public sealed partial class LinkTests
{
    [Test]
    public void Links_LeadToFilesThatExist() => Repository.Pages.SelectMany(Targets).Where(t => !Path.Exists(Repository.PathOf(t.Target))).Select(t => $"{t.Page}: {t.Target}").ShouldBeEmpty();

    [Test]
    public void EveryPage_IsReachedFromTheReadme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { "README.md" };
        for (var open = new Queue<string>(reached); open.TryDequeue(out var name);)
            foreach (var (_, target) in Targets(Repository.Page(name)))
                if (target.EndsWith(".md", StringComparison.Ordinal) && reached.Add(target))
                    open.Enqueue(target);
        Repository.Pages.Select(p => p.Name).Where(name => !reached.Contains(name)).ShouldBeEmpty();
    }

    [Test]
    public void Anchors_LeadToHeadings()
    {
        var broken = from page in Repository.Pages
                     from Match match in LinkPattern.Matches(page.Text)
                     where match.Groups[2].Success && !IsElsewhere(match.Groups[1].Value)
                     let target = match.Groups[1].Length == 0 ? page : Repository.Page(Resolve(page, match.Groups[1].Value))
                     where !HeadingPattern.Matches(target.Text).Any(h => Slug(h.Groups[1].Value) == match.Groups[2].Value)
                     select $"{page}: {match.Value}";
        broken.ShouldBeEmpty();
    }

    private static IEnumerable<(Page Page, string Target)> Targets(Page page) => LinkPattern.Matches(page.Text).Select(m => m.Groups[1].Value)
        .Where(target => target.Length > 0 && !IsElsewhere(target)).Select(target => (page, Resolve(page, target)));

    private static bool IsElsewhere(string target) => target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal);

    private static string Resolve(Page page, string target) =>
        Path.GetRelativePath(Repository.Root.FullName, Path.GetFullPath(Repository.PathOf(Path.Combine(Path.GetDirectoryName(page.Name)!, target)))).Replace('\\', '/');

    private static string Slug(string heading) => new([.. heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(@"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern { get; }

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex HeadingPattern { get; }
}
