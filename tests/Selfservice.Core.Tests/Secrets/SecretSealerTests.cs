using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Secrets;

namespace Selfservice.Core.Tests.Secrets;

public sealed class SecretSealerTests
{
    private const string Old = "old-old-old-old-old-old-old-old-old-old";
    private const string New = "new-new-new-new-new-new-new-new-new-new";

    [Test]
    public void Open_WithPurposeAndOwner_AnswersTheText() =>
        Sealer(Old).Open("token", "github:1", Sealer(Old).Seal("token", "github:1", "gho_ä")).ShouldBe("gho_ä");

    [Test]
    public void Seal_TheSameTextTwice_LooksDifferent() =>
        Sealer(Old).Seal("token", "github:1", "gho_1").ShouldNotBe(Sealer(Old).Seal("token", "github:1", "gho_1"));

    [Test]
    public void Open_AfterANewKeyWasPutInFront_AnswersTheText() =>
        Sealer(New, Old).Open("token", "github:1", Sealer(Old).Seal("token", "github:1", "gho_1")).ShouldBe("gho_1");

    [Test]
    public void Seal_WithTwoKeys_UsesTheFirst() =>
        Sealer(New).Open("token", "github:1", Sealer(New, Old).Seal("token", "github:1", "gho_1")).ShouldBe("gho_1");

    [TestCase("state", "github:1")]
    [TestCase("token", "github:2")]
    public void Open_ElsewhereThanItBelongs_AnswersNothing(string purpose, string owner) =>
        Sealer(Old).Open(purpose, owner, Sealer(Old).Seal("token", "github:1", "gho_1")).ShouldBeNull();

    [Test]
    public void Open_WithoutItsKey_AnswersNothing() => Sealer(New).Open("token", "github:1", Sealer(Old).Seal("token", "github:1", "gho_1")).ShouldBeNull();

    [Test]
    public void Open_WithAnyCharacterChanged_AnswersNothing()
    {
        var box = Sealer(Old).Seal("token", "github:1", "gho_1");
        for (var i = 0; i < box.Length - 1; i++)
            Sealer(Old).Open("token", "github:1", box[..i] + (box[i] == 'A' ? 'B' : 'A') + box[(i + 1)..]).ShouldBeNull($"character {i}");
    }

    [TestCase("")]
    [TestCase("v1.")]
    [TestCase("v1.AAAA")]
    [TestCase("v1.!!!!")]
    [TestCase("gho_1")]
    public void Open_WhatWasNeverSealed_AnswersNothing(string text) => Sealer(Old).Open("token", "github:1", text).ShouldBeNull();

    [Test]
    public void Open_WithCipherKeys_IgnoresTheDefaultOnes()
    {
        var options = new SelfserviceOptions { Secrets = new() { Default = [Old], Cipher = [New] } };
        Sealer(New).Open("token", "x", new SecretSealer(Options.Create(options)).Seal("token", "x", "gho_1")).ShouldBe("gho_1");
    }

    private static SecretSealer Sealer(params string[] keys) => new(Options.Create(new SelfserviceOptions { Secrets = new() { Default = [.. keys] } }));
}
