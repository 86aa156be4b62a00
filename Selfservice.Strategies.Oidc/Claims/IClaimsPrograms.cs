namespace Selfservice.Strategies.Oidc.Claims;

/// <summary>Loads the mapping programs that <c>MapperUrl</c> names. The package Selfservice.Strategies.Oidc.Jsonnet has one for Jsonnet.</summary>
public interface IClaimsPrograms
{
    /// <summary>Loads a program.</summary>
    /// <param name="url">Where it is.</param>
    /// <exception cref="FormatException">It cannot be read; the message is the part of a sentence that says why.</exception>
    IClaimsMapper Load(string url);
}
