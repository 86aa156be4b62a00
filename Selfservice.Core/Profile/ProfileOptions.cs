namespace Selfservice.Profile;

/// <summary>Settings of the profile method, <c>Selfservice:Methods:Profile</c>.</summary>
public sealed class ProfileOptions
{
    /// <summary>Whether the method is on. Default: true.</summary>
    public bool Enabled { get; set; } = true;
}
