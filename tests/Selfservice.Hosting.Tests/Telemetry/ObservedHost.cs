using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Selfservice.Hosting.Tests.Telemetry;

/// <summary>What an operator's collectors get from one host: counts of its meters, and events on the spans of its requests.</summary>
internal sealed class ObservedHost : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;
    private readonly ConcurrentQueue<string> _counts = new();
    private readonly ConcurrentQueue<ActivityEvent> _events = new();

    public ObservedHost(TestHost host)
    {
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Selfservice" && ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"))}"));
        _meters.Start();
        _spans = new()
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                foreach (var happened in span.Events)
                    _events.Enqueue(happened);
            },
        };
        ActivitySource.AddActivityListener(_spans);
    }

    /// <summary>Counts so far, as "instrument value tags".</summary>
    public IReadOnlyCollection<string> Counts => _counts;

    /// <summary>The events of ended spans with this value among their attributes. A span may end a moment after its answer has arrived.</summary>
    public async Task<IReadOnlyList<ActivityEvent>> EventsAsync(string name, string value)
    {
        for (var i = 0; i < 100; i++)
        {
            ActivityEvent[] found = [.. _events.Where(e => e.Name == name && e.Tags.Any(t => $"{t.Value}" == value))];
            if (found.Length > 0)
                return found;
            await Task.Delay(20);
        }

        return [];
    }

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }
}
