using System.Security.Cryptography;

namespace Selfservice.Ui.Pages;

/// <summary>
/// The stylesheet and the script. They are embedded and served by an endpoint of ours, so that a host needs no static-file middleware and no manifest, wherever it
/// is published to.
/// </summary>
internal sealed class PageAssets
{
    public const string BasePath = "/_content/Selfservice.Ui";

    private PageAssets(string name, string contentType)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("Selfservice.Ui.Assets." + name)
            ?? throw new InvalidOperationException($"The embedded asset {name} is missing from the assembly; build it again.");
        Content = new byte[stream.Length];
        stream.ReadExactly(Content);
        Version = Convert.ToHexStringLower(SHA256.HashData(Content))[..16];
        Path = $"{BasePath}/{name}";
        ContentType = contentType;
    }

    public static PageAssets Stylesheet { get; } = new("selfservice.css", "text/css; charset=utf-8");

    public static PageAssets Script { get; } = new("selfservice.js", "text/javascript; charset=utf-8");

    public string Path { get; }

    public string ContentType { get; }

    public string Version { get; }

    public byte[] Content { get; }

    /// <summary>The path with the content's hash: a browser may keep it for ever.</summary>
    public string HrefPath => $"{Path}?v={Version}";
}
