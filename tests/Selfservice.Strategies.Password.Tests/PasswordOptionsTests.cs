namespace Selfservice.Strategies.Password.Tests;

public sealed class PasswordOptionsTests
{
    /// <summary>An end of the count beyond the dates that there are would make each failed sign-in an error of the host.</summary>
    [TestCase("00:00:00", false)]
    [TestCase("00:00:01", true)]
    [TestCase("36500.00:00:00", true)]
    [TestCase("36500.00:00:01", false)]
    [TestCase("10675199.02:48:05.4775807", false)]
    public void FailedLogins_Window_IsBounded(string window, bool isRight)
    {
        var options = new PasswordOptions();
        options.Config.FailedLogins.Window = TimeSpan.Parse(window, System.Globalization.CultureInfo.InvariantCulture);
        new PasswordOptionsCheck().Validate(null, options).Failed.ShouldBe(!isRight);
    }
}
