using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Wire;

namespace Selfservice.Settings;

/// <summary>Tells addresses that they no longer belong to an account: whoever took it over cannot do so in silence.</summary>
internal sealed class AddressNotices(IOptions<SelfserviceOptions> options, MessageOutbox outbox, TimeProvider clock)
{
    public async ValueTask<IReadOnlyList<CourierMessage>> ComposeAsync(Identity before, Identity after, ClientContext client, CancellationToken cancellationToken)
    {
        if (!options.Value.Flows.Settings.NotifyPreviousAddresses || !outbox.IsAvailable)
            return [];
        var messages = new List<CourierMessage>();
        foreach (var gone in before.VerifiableAddresses.Where(a => !after.VerifiableAddresses.Any(x => x.Via == a.Via && x.Value == a.Value)))
        {
            var message = await outbox.ComposeAsync(
                new()
                {
                    Template = CourierTemplate.VerifiableAddressChanged,
                    Channel = new(gone.Via),
                    Recipient = gone.Value,
                    Data = new() { ["identity"] = WireWriter.ToObject(after, client.PublicUrl), ["changed_at"] = Rfc3339.Format(clock.GetUtcNow()) },
                },
                cancellationToken).ConfigureAwait(false);
            if (message is not null)
                messages.Add(message);
        }

        return messages;
    }
}
