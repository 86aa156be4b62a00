namespace Selfservice.Strategies.Link;

/// <summary>Settings of the link method, <c>Selfservice:Methods:Link</c>.</summary>
public sealed class LinkOptions
{
    /// <summary>Whether the method is on. Default: false, as codes are harder to forward by mistake.</summary>
    public bool Enabled { get; set; }

    /// <summary>How links work.</summary>
    public LinkConfigOptions Config { get; set; } = new();
}

/// <summary>How links work, <c>Selfservice:Methods:Link:Config</c>.</summary>
public sealed class LinkConfigOptions
{
    /// <summary>How long a link works. Default: 1 hour, at least 1 second.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(1);
}
