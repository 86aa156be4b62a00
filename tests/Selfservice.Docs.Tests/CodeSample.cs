using System.Text.RegularExpressions;

namespace Selfservice.Docs.Tests;

/// <summary>
/// A block of C# on a page. A comment above it, which readers do not see, says what the block is part of:
/// <c>sample(T name, …)</c> or <c>sample(T name, …) : T</c> for the inside of a method with these parameters, <c>source(path)</c> for a piece of a file in this repository that it must be
/// identical to. Without a comment the block is a file of its own.
/// </summary>
/// <param name="Page">The page.</param>
/// <param name="Line">The line of the block's first line.</param>
/// <param name="Code">The block.</param>
/// <param name="Parameters">The parameters of the method around it; null for a file of its own.</param>
/// <param name="Result">What that method answers; null for nothing.</param>
/// <param name="Source">The file that it is a piece of; null for none.</param>
internal sealed partial record CodeSample(Page Page, int Line, string Code, string? Parameters, string? Result, string? Source)
{
    public static IEnumerable<CodeSample> In(Page page) => BlockPattern.Matches(page.Text).Select(match => new CodeSample(
        page,
        page.Text[..match.Groups["code"].Index].Count(c => c == '\n') + 1,
        match.Groups["code"].Value,
        match.Groups["parameters"].Success ? match.Groups["parameters"].Value : null,
        match.Groups["result"].Success ? match.Groups["result"].Value : null,
        match.Groups["source"].Success ? match.Groups["source"].Value : null));

    /// <summary>The block as a file that compiles by itself.</summary>
    public string ToFile()
    {
        if (Parameters is null)
            return $"{ImplicitUsings}\n#line 1\n{Code}";
        var lines = Code.Split('\n');
        var usings = string.Join('\n', lines.Where(l => UsingPattern.IsMatch(l)));
        var body = string.Join('\n', lines.Select(l => UsingPattern.IsMatch(l) ? "" : l));
        var isAsync = body.Contains("await ", StringComparison.Ordinal);
        var result = (isAsync, Result) switch { (true, null) => "async Task", (true, _) => $"async Task<{Result}>", (false, null) => "void", _ => Result };
        return $"{ImplicitUsings}\n{usings}\ninternal static class Sample\n{{\n    public static {result} Run({Parameters})\n    {{\n#line 1\n{body}\n    }}\n}}\n";
    }

    /// <summary>Where test runners show cases by their argument.</summary>
    public override string ToString() => $"{Page.Name}:{Line}";

    /// <summary>What the SDK for web projects imports.</summary>
    private static string ImplicitUsings { get; } = string.Concat(new[]
    {
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    }.Select(name => $"global using global::{name};"));

    [GeneratedRegex(
        @"(?:^[ ]*<!-- (?:sample\((?<parameters>[^\n]*?)\)(?: : (?<result>[^\n]+?))?|source\((?<source>[^)\n]+)\)) -->\n)?^[ ]*```csharp\n(?<code>.*?)^[ ]*```",
        RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern { get; }

    [GeneratedRegex(@"^\s*using [A-Za-z0-9_.]+;$", RegexOptions.CultureInvariant)]
    private static partial Regex UsingPattern { get; }
}
