namespace Selfservice.Hooks;

/// <summary>The configured hook <c>none</c>: stands in a list that is to be empty, which configuration from environment variables could not say otherwise.</summary>
internal sealed class NoHook : IConfiguredHook
{
    public string Name => "none";
}
