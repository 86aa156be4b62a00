using System.Text.Json.Nodes;

namespace Selfservice.Configuration;

/// <summary>What happens after a flow, whichever method did it or by method. In configuration a method's part stands beside the others: <c>After:Password:Hooks</c>.</summary>
public sealed class AfterOptions
{
    /// <summary>Where the browser ends; null for <see cref="SelfserviceOptions.DefaultBrowserReturnUrl"/>.</summary>
    public string? DefaultBrowserReturnUrl { get; set; }

    /// <summary>The hooks that run, in order; for a method that has hooks of its own, those run instead. Null, the default, for the safe choice of the flow.</summary>
    public List<HookOptions>? Hooks { get; set; }

    /// <summary>The same by method.</summary>
    public Dictionary<string, AfterMethodOptions> Methods { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What happens after a flow that a certain method did.</summary>
public sealed class AfterMethodOptions
{
    /// <summary>Where the browser ends; null for the flow's choice.</summary>
    public string? DefaultBrowserReturnUrl { get; set; }

    /// <summary>The hooks that run, in order; null for the flow's hooks.</summary>
    public List<HookOptions>? Hooks { get; set; }
}

/// <summary>One configured hook.</summary>
public sealed class HookOptions
{
    /// <summary>Its name, for example <c>session</c>. A name that nothing answers to stops the host.</summary>
    public string Hook { get; set; } = "";

    /// <summary>Its settings; null for a hook without any. What the hook does not know or cannot use stops the host.</summary>
    public JsonObject? Config { get; set; }
}
