using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Clients;
using Selfservice.Configuration;
using Selfservice.Courier.Http;
using Selfservice.Courier.Smtp;
using Selfservice.Jsonnet;

namespace Selfservice.Courier.Delivery;

/// <summary>The channels that configuration describes.</summary>
internal sealed class ConfiguredChannels : IAsyncDisposable
{
    private readonly List<ICourierChannel> _all = [];

    public ConfiguredChannels(IOptions<CourierOptions> options, OutboundHttp http, TimeProvider time, IHostEnvironment environment)
    {
        var settings = options.Value;
        ICourierChannel Http(MessageChannel channel, RequestOptions request) => new HttpChannel(channel, request, Body(request, time), http, time);

        if (environment.IsDevelopment())
            _all.AddRange([new KeptMessages(MessageChannel.Email), new KeptMessages(MessageChannel.Sms)]);
        if (settings.DeliveryStrategy == DeliveryStrategy.Http)
            _all.Add(Http(MessageChannel.Email, settings.Http.RequestConfig));
        else if (settings.Smtp.ConnectionUri is { } uri && SmtpEndpoint.TryParse(uri, out var endpoint, out _))
            _all.Add(new SmtpChannel(settings.Smtp, endpoint, time));
        _all.AddRange(settings.Channels.Select(c => Http(new MessageChannel(c.Id), c.RequestConfig)));
    }

    /// <summary>The channels; of several for the same messages the last counts.</summary>
    public IEnumerable<ICourierChannel> All => _all;

    /// <summary>Compiles the program of a body.</summary>
    /// <exception cref="FormatException">It cannot be read or compiled; the message is the part of a sentence that says why.</exception>
    public static JsonnetAdapter Body(RequestOptions request, TimeProvider? time = null) =>
        JsonnetAdapter.Compile(request.Body is null ? HttpChannel.DefaultBody : SourceText.Read(request.Body), "body.jsonnet", time);

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _all.OfType<IAsyncDisposable>())
            await channel.DisposeAsync().ConfigureAwait(false);
    }
}
