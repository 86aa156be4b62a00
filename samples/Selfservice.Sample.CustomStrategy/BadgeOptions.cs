namespace Selfservice.Sample.CustomStrategy;

/// <summary>Settings of the badge method, <c>Selfservice:Methods:Badge</c>.</summary>
public sealed class BadgeOptions
{
    /// <summary>Whether the method is on. Default: true.</summary>
    public bool Enabled { get; set; } = true;
}
