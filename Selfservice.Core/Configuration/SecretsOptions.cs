namespace Selfservice.Configuration;

/// <summary>Keys that only this host, and others on the same database, know.</summary>
public sealed class SecretsOptions
{
    /// <summary>The keys of one-time secrets, at least 32 characters each: the first makes, all check, so that a new one can be put in front. Required outside Development.</summary>
    public List<string> Default { get; set; } = [];

    /// <summary>
    /// The keys that sign the session cookie, at least 32 characters each: the first signs, all check, so that a new one can be put in front. A cookie that none of them signed counts for nothing: who drops a key
    /// signs out every browser that it signed in. Empty, the default, for cookies without a signature, which a random token does not need.
    /// </summary>
    public List<string> Cookie { get; set; } = [];

    /// <summary>The keys under which secrets are sealed that must be read again, at least 32 characters each: the first seals, all open, so that a new one can be put in front. Empty, the default,
    /// for the keys of <see cref="Default"/>.</summary>
    public List<string> Cipher { get; set; } = [];
}
