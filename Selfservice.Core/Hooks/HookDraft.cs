using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Storage;

namespace Selfservice.Hooks;

/// <summary>Something that a flow is about to store, or did, as hooks see it.</summary>
public abstract class HookDraft
{
    private readonly List<StoreWork> _work = [];

    /// <summary>From where it comes.</summary>
    public required ClientContext Client { get; init; }

    /// <summary>What the client sent along for hooks.</summary>
    public JsonObject TransientPayload { get; init; } = [];

    /// <summary>Has the flow's own transaction write something more: it is kept exactly when the flow's change is.</summary>
    public void CommitWith(StoreWork work) => _work.Add(work);

    internal async Task WriteAsync(IStoreScope scope, CancellationToken cancellationToken)
    {
        foreach (var work in _work)
            await work(scope, cancellationToken).ConfigureAwait(false);
    }
}
