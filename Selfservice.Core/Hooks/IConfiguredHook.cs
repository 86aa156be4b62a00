using System.Text.Json.Nodes;

namespace Selfservice.Hooks;

/// <summary>A hook that configuration switches on by name.</summary>
public interface IConfiguredHook : IHook
{
    /// <summary>The name in configuration, for example <c>session</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The hook as one entry of the configuration wants it; it implements <see cref="IFlowHook{TDraft}"/> for what it can be used in. Asked once for each entry, when the host starts. A hook
    /// without settings, the default, answers itself and takes none.
    /// </summary>
    /// <param name="config">The entry's settings; null without any.</param>
    /// <exception cref="FormatException">The settings are wrong; the message is the part of a sentence that says what to change.</exception>
    IHook For(JsonObject? config) => config is null or { Count: 0 } ? this : throw new FormatException("takes no Config; remove it");
}
