using Selfservice.Strategies.Password.Policy;

namespace Selfservice.Strategies.Password.Tests.Policy;

public sealed class CommonPasswordsTests
{
    private static readonly string[] List = ReadList();

    /// <summary>The search rests on the order, the comparison on lower-case ASCII, and ASVS 6.2.4 on the number.</summary>
    [Test]
    public void List_IsSortedLowerCaseAsciiWithoutDoubles()
    {
        List.Length.ShouldBe(27_986);
        List.Count(static password => password.Length >= 8).ShouldBeGreaterThan(10_000);
        List.ShouldAllBe(static password => password.All(static c => c > ' ' && c <= '~' && !char.IsUpper(c)));
        List.Zip(List.Skip(1)).ShouldAllBe(static pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
    }

    [Test]
    public void Contains_OfEveryEntry_IsTrue()
    {
        using var common = new CommonPasswords();

        List.ShouldAllBe(password => common.Contains(password));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("\n")]
    [TestCase("passwordx7q")]
    [TestCase("password\n")]
    [TestCase("\npassword")]
    [TestCase("password\npassword1")]
    [TestCase("!")]
    [TestCase("~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~")]
    [TestCase("pässword")]
    public void Contains_OfAnotherText_IsFalse(string password)
    {
        using var common = new CommonPasswords();

        common.Contains(password).ShouldBeFalse();
        common.Contains(password + new string('x', 1000)).ShouldBeFalse();
    }

    private static string[] ReadList()
    {
        using var stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("Selfservice.Strategies.Password.Policy.Data.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
