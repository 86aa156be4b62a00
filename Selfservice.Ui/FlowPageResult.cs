using Selfservice.Nodes;

namespace Selfservice.Ui;

/// <summary>What looking for a flow came to. The family is closed.</summary>
public abstract record FlowPageResult
{
    private FlowPageResult()
    {
    }

    /// <summary>The flow is there and this browser may see it.</summary>
    /// <param name="Ui">Its form.</param>
    /// <param name="Info">What else the page says about it.</param>
    public sealed record Found(UiContainer Ui, FlowPageInfo Info) : FlowPageResult;

    /// <summary>There is nothing to show; the browser goes elsewhere, usually to a fresh flow.</summary>
    /// <param name="Location">The URL to go to.</param>
    public sealed record Redirect(string Location) : FlowPageResult;
}
