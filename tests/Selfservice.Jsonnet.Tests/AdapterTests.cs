namespace Selfservice.Jsonnet.Tests;

/// <summary>What adapters run: compiled once, limited, cancelled.</summary>
[TestFixture]
public sealed class AdapterTests
{
    private static readonly JsonnetInputs Compact = new() { Output = JsonnetOutput.Compact };

    [Test]
    public void Program_IsKept()
    {
        var adapter = JsonnetAdapter.Compile("{ a: std.extVar('x') }", "mapper.jsonnet");
        foreach (var value in new[] { "1", "2" })
        {
            var inputs = new JsonnetInputs { External = { ["x"] = JsonnetInput.Text(value) }, Output = JsonnetOutput.Compact };
            adapter.Evaluate(inputs).Text.ShouldBe($"{{\"a\":\"{value}\"}}");
        }
    }

    [Test]
    public void SourceThatIsNoJsonnet_IsRefusedWithItsPlace() =>
        Should.Throw<FormatException>(() => JsonnetAdapter.Compile("{\n  a: }", "mapper.jsonnet")).Message.ShouldStartWith("is no Jsonnet program: mapper.jsonnet:2:6 ");

    [Test]
    public void Output_IsLimitedTo256KibiCharacters()
    {
        JsonnetAdapter.Compile("std.repeat('a', 262142)", "a").Evaluate(Compact).Succeeded.ShouldBeTrue();
        JsonnetAdapter.Compile("std.repeat('a', 262143)", "a").Evaluate(Compact).Error!.Kind.ShouldBe(JsonnetErrorKind.Limit);
    }

    [Test]
    public void Evaluation_EndsWhenItsTimeIsOver()
    {
        // The clock is a second ahead whenever it is asked: the limit has passed before the program begins.
        var adapter = JsonnetAdapter.Compile("local f(n) = f(n + 1) tailstrict; f(0)", "a", new ManualTime { TimersAreDue = true });
        adapter.Evaluate(Compact).Error!.Kind.ShouldBe(JsonnetErrorKind.Cancelled);
    }

    [Test]
    public void Caller_CanStopIt()
    {
        var adapter = JsonnetAdapter.Compile("local f(n) = f(n + 1) tailstrict; f(0)", "a");
        Should.Throw<OperationCanceledException>(() => adapter.Evaluate(Compact, new CancellationToken(canceled: true)));
    }

    /// <summary>A clock that is set by hand; its timers never run out, or at once.</summary>
    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public bool TimersAreDue { get; init; }

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (TimersAreDue)
                callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
