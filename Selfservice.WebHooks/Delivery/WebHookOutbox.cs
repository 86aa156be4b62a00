using System.Collections.Concurrent;
using System.Globalization;
using Selfservice.Delivery;
using Selfservice.Hooks;
using Selfservice.Secrets;
using Selfservice.Storage;

namespace Selfservice.WebHooks.Delivery;

/// <summary>Keeps calls that nobody waits for until they have been made. What waits is sealed: it tells of people, and holds their cookies.</summary>
internal sealed class WebHookOutbox(SecretSealer sealer, TimeProvider time)
{
    private const string Purpose = "web hook delivery";

    private readonly ConcurrentDictionary<string, WebHookTarget> _targets = new(StringComparer.Ordinal);

    /// <summary>Wakes the worker when a call was stored.</summary>
    public WorkSignal Signal { get; } = new(time);

    public void Add(WebHookTarget target) => _targets[target.Key] = target;

    /// <summary>The configured hook that a stored call is for; null when configuration has it no more.</summary>
    public WebHookTarget? Find(string key) => _targets.GetValueOrDefault(key);

    /// <summary>The work that stores a call.</summary>
    public StoreWork Store(WebHookTarget target, string? body)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var delivery = new WebHookDelivery { Id = id, Target = target.Key, Body = sealer.Seal(Purpose, Owner(id), body ?? ""), DueAt = now, CreatedAt = now };
        return (scope, token) => scope.WebHooks.InsertAsync(delivery, token);
    }

    /// <summary>The body of a stored call; null when this host does not have its key.</summary>
    public string? Open(WebHookDelivery delivery) => sealer.Open(Purpose, Owner(delivery.Id), delivery.Body);

    private static string Owner(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
