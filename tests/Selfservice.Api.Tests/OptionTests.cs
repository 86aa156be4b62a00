using System.Reflection;

namespace Selfservice.Api.Tests;

/// <summary>A setting that nothing reads lies to whoever sets it.</summary>
public sealed class OptionTests
{
    /// <summary>A channel's type has one value so far; to refuse others is all that there is to do with it.</summary>
    private static readonly string[] OnlyChecked = ["Selfservice.Courier.ChannelOptions.Type"];

    [Test]
    public void Options_AreAllRead() => OptionReaders.FindUnread([.. PublicApiTests.Packages.Select(Assembly.Load)]).ShouldBe(OnlyChecked);

    [Test]
    public void FindUnread_OfASettingThatIsOnlyChecked_NamesIt() =>
        OptionReaders.FindUnread([typeof(OptionTests).Assembly]).ShouldBe([$"{typeof(SomeOptions).FullName}.{nameof(SomeOptions.Unread)}"]);

    private sealed class SomeOptions
    {
        public int Read { get; set; }

        public int Unread { get; set; }
    }

    private sealed class SomeOptionsCheck(SomeOptions options)
    {
        public int Sum => options.Read + options.Unread;
    }

    private sealed class SomeReader(SomeOptions options)
    {
        public int Value => options.Read;
    }
}
