namespace Selfservice.Flows;

/// <summary>A request as hooks may tell others of it. It can be read until the request is answered.</summary>
public interface IClientRequest
{
    /// <summary>The HTTP method.</summary>
    string Method { get; }

    /// <summary>The values of the headers that have one of the names, by name in its common spelling such as <c>User-Agent</c>.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Headers(IEnumerable<string> names);

    /// <summary>All cookies by name. They hold secrets.</summary>
    IReadOnlyDictionary<string, string> Cookies();
}
