using Selfservice.Strategies.Password.Policy;

namespace Selfservice.Strategies.Password.Tests.Policy;

public sealed class PasswordPolicyTests
{
    private const string Good = "tangled-otter-lamp";

    [TestCase(Good)]
    [TestCase("        spaces count        ")]
    [TestCase("пароль-не-из-списка")]
    [TestCase("12tangled")]
    public async Task Check_OfAGoodPassword_FindsNothing(string password)
    {
        (await CheckAsync(password)).ShouldBeNull();
    }

    /// <summary>ASVS 6.2.5, N4: no rule about kinds of characters. ASVS 6.2.9, N2: long ones are welcome.</summary>
    [TestCase("onlylowercaseletters")]
    [TestCase("ONLYUPPERCASELETTERS")]
    [TestCase("8364957120485")]
    public async Task Check_WithoutVariety_FindsNothing(string password)
    {
        (await CheckAsync(password)).ShouldBeNull();
    }

    [TestCase("", 0)]
    [TestCase("tangled", 7)]
    [TestCase("😀😁😂😃😄😅😆", 7)]
    public async Task Check_OfAShortPassword_CountsCodePoints(string password, int actual)
    {
        (await CheckAsync(password)).ShouldBe(new PasswordViolation.TooShort(8, actual));
    }

    [TestCase("😀😁", null)]
    [TestCase("tangled", 7)]
    public async Task Check_CountingBytes_CountsAsTheOriginDoes(string password, int? actual)
    {
        var violation = await CheckAsync(password, new() { LengthUnit = PasswordLengthUnit.Utf8Bytes });

        violation.ShouldBe(actual is { } count ? new PasswordViolation.TooShort(8, count) : null);
    }

    [TestCase(1024, null)]
    [TestCase(1025, 1025)]
    public async Task Check_OfALongPassword_CountsBytes(int length, int? actual)
    {
        var violation = await CheckAsync(new string('a', length - 1) + "b");

        violation.ShouldBe(actual is { } bytes ? new PasswordViolation.TooLong(1024, bytes) : null);
    }

    [Test]
    public async Task Check_OfAHugePassword_IsRefusedByLength()
    {
        (await CheckAsync(new string('é', 4_000_000))).ShouldBe(new PasswordViolation.TooLong(1024, 8_000_000));
    }

    // An attribute cannot hold half a pair: the compiler would replace it.
    [TestCase(0xD83D)]
    [TestCase(0xDE00)]
    public async Task Check_OfHalfASurrogatePair_IsRefused(int half)
    {
        (await CheckAsync($"tangled {(char)half} lamp")).ShouldBeOfType<PasswordViolation.NotUnicode>();
    }

    [Test]
    public async Task Check_WithSeveralIdentifiers_AsksEach()
    {
        string[] identifiers = ["someone-else", "", "tangled-otter"];

        (await CheckAsync(Good, identifiers: identifiers)).ShouldBeOfType<PasswordViolation.SimilarToIdentifier>();
        (await CheckAsync(Good, new() { CheckIdentifierSimilarity = false }, identifiers)).ShouldBeNull();
    }

    [TestCase("aaaaaaaaaaaaaaaaaaaa")]
    [TestCase("😀😀😀😀😀😀😀😀")]
    [TestCase("        ")]
    public async Task Check_OfOneCharacter_IsRefused(string password)
    {
        (await CheckAsync(password)).ShouldBeOfType<PasswordViolation.RepeatedCharacter>();
        (await CheckAsync(password, new() { RefuseRepeatedCharacter = false, RefuseCommonPasswords = false })).ShouldBeNull();
    }

    /// <summary>ASVS 6.2.4.</summary>
    [TestCase("password")]
    [TestCase("PassWord1")]
    [TestCase("12345678")]
    [TestCase("qwertyuiop")]
    [TestCase("iloveyou1")]
    public async Task Check_OfACommonPassword_IsRefused(string password)
    {
        var violation = (await CheckAsync(password)).ShouldBeOfType<PasswordViolation.Common>();

        violation.Reason.ShouldBe("it is one of the most used passwords");
        (await CheckAsync(password, new() { RefuseCommonPasswords = false })).ShouldBeNull();
    }

    /// <summary>N8: the whole password is compared, not its parts.</summary>
    [Test]
    public async Task Check_OfAPasswordWithACommonPart_FindsNothing()
    {
        (await CheckAsync("password of a small otter")).ShouldBeNull();
    }

    /// <summary>ASVS 6.2.11.</summary>
    [TestCase("ottercorp", true)]
    [TestCase("OtterCorp", true)]
    [TestCase("ottercorp-lamp", false)]
    public async Task Check_OfAContextWord_IsRefused(string password, bool isRefused)
    {
        var violation = await CheckAsync(password, new() { ContextWords = ["OtterCorp"] });

        (violation is PasswordViolation.ContextWord).ShouldBe(isRefused);
    }

    [TestCase(0L, 0, false)]
    [TestCase(1L, 0, true)]
    [TestCase(5L, 5, false)]
    [TestCase(6L, 5, true)]
    public async Task Check_OfABreachedPassword_ComparesWithTheMaximum(long count, int maximum, bool isRefused)
    {
        var violation = await CheckAsync(Good, new() { MaximumBreaches = maximum }, breaches: count);

        violation.ShouldBe(isRefused ? new PasswordViolation.Breached(count) : null);
    }

    [Test]
    public async Task Check_DuringAnOutage_FollowsTheOption()
    {
        (await CheckAsync(Good, new() { IgnoreBreachCheckOutages = true }, breaches: null)).ShouldBeNull();
        (await CheckAsync(Good, new() { IgnoreBreachCheckOutages = false }, breaches: null)).ShouldBeOfType<PasswordViolation.BreachCheckUnavailable>();
    }

    /// <summary>The network is asked last, and only about passwords that pass everything else.</summary>
    [TestCase("short", 0)]
    [TestCase("aaaaaaaaaa", 0)]
    [TestCase("password", 0)]
    [TestCase("tangled@example.org", 0)]
    [TestCase(Good, 1)]
    public async Task Check_AsksForBreaches_OnlyWhenAllElsePasses(string password, int questions)
    {
        var breached = new KnownBreaches(9);
        using var policy = new PasswordPolicy(new(), breached);

        (await policy.CheckAsync(password, ["tangled@example.org"], default)).ShouldNotBeNull();

        breached.Questions.ShouldBe(questions);
    }

    [TestCase(5)]
    [TestCase(129)]
    public void Options_OutsideTheirRange_AreRefused(int minimum)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new PasswordPolicy(new() { MinimumLength = minimum }, new KnownBreaches(0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new PasswordPolicy(new() { MaximumBytes = 72 }, new KnownBreaches(0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new PasswordPolicy(new() { MaximumBreaches = 101 }, new KnownBreaches(0)));
    }

    private static async Task<PasswordViolation?> CheckAsync(
        string password, PasswordPolicyOptions? options = null, IEnumerable<string>? identifiers = null, long? breaches = 0)
    {
        using var policy = new PasswordPolicy(options ?? new(), new KnownBreaches(breaches));
        return await policy.CheckAsync(password, identifiers ?? [], default);
    }

    private sealed class KnownBreaches(long? count) : IBreachedPasswords
    {
        public int Questions { get; private set; }

        public ValueTask<long?> CountAsync(string password, CancellationToken cancellationToken)
        {
            Questions++;
            return ValueTask.FromResult(count);
        }
    }
}
