using System.Text.Json;
using Selfservice.Courier;
using Selfservice.Storage;

namespace Selfservice.Testing.Courier;

/// <summary>
/// The messages of a host in Development, read from its outbox: what a flow committed is there at once, whether it was sent or not, and what was rolled back is not. For codes and links in a
/// host's own tests.
/// </summary>
/// <param name="store">The host's store.</param>
public sealed class RecordedMessages(IStore store)
{
    private const int Newest = 500;

    /// <summary>The messages to a recipient, newest first.</summary>
    /// <param name="recipient">The address or number.</param>
    public Task<IReadOnlyList<CourierMessage>> MessagesToAsync(string recipient) =>
        store.ReadAsync((scope, token) => scope.Messages.ListAsync(new() { Recipient = recipient, Limit = Newest }, token), CancellationToken.None);

    /// <summary>The code in the newest message to a recipient.</summary>
    /// <param name="recipient">The address or number.</param>
    /// <exception cref="InvalidOperationException">There is no message to the recipient, or no code in the text of the newest.</exception>
    public Task<string> LastCodeForAsync(string recipient) => LastAsync(recipient, "_code", "code");

    /// <summary>The link in the newest message to a recipient.</summary>
    /// <param name="recipient">The address or number.</param>
    /// <exception cref="InvalidOperationException">There is no message to the recipient, or no link in the text of the newest.</exception>
    public Task<string> LastLinkForAsync(string recipient) => LastAsync(recipient, "_url", "link");

    private async Task<string> LastAsync(string recipient, string suffix, string what)
    {
        var messages = await MessagesToAsync(recipient).ConfigureAwait(false);
        if (messages.Count == 0)
            throw new InvalidOperationException($"No message to {recipient} was committed.");
        // From the variables, so that no pattern guesses, but only if the person who reads the text finds it there too.
        var value = messages[0].TemplateData.EnumerateObject()
            .Where(v => v.Name != "request_url" && v.Name.EndsWith(suffix, StringComparison.Ordinal) && v.Value.ValueKind == JsonValueKind.String)
            .Select(v => v.Value.GetString()!).FirstOrDefault(v => messages[0].Body.Contains(v, StringComparison.Ordinal));
        return value ?? throw new InvalidOperationException($"The newest message to {recipient}, {messages[0].Template}, has no {what}: {messages[0].Body}");
    }
}
