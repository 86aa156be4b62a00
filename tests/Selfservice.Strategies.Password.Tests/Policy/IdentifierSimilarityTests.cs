using Selfservice.Strategies.Password.Policy;

namespace Selfservice.Strategies.Password.Tests.Policy;

/// <summary>The contract's examples, and the bounds of both measures.</summary>
public sealed class IdentifierSimilarityTests
{
    [TestCase("hello@example.com", "hello@exam")]
    [TestCase("hello@example.com", "h3ll0@example")]
    [TestCase("hello@example.com", "hello@example.com12345")]
    [TestCase("hello@example.com", "HELLO@EXAMPLE.COM12345")]
    [TestCase("Hello@Example.com", "hello@exam")]
    [TestCase("abcdefghij", "1b2d3f4hij", Description = "four edits")]
    [TestCase("xx12345678yy", "12345678abcdefg", Description = "eight of fifteen in one piece")]
    public void IsTooHigh_OfASimilarPassword_IsTrue(string identifier, string password)
    {
        IdentifierSimilarity.IsTooHigh(password, identifier).ShouldBeTrue();
    }

    [TestCase("ab", "0000ab0000123")]
    [TestCase("d4f6090b-5a84", "d4f6090b-5a84-2184-4404-8d1b-8da3eb00ebbe")]
    [TestCase("abcdefghij", "1b2d3f4h5j", Description = "five edits")]
    [TestCase("xx12345678yy", "12345678abcdefgh", Description = "eight of sixteen in one piece")]
    [TestCase("", "password")]
    public void IsTooHigh_OfAnotherPassword_IsFalse(string identifier, string password)
    {
        IdentifierSimilarity.IsTooHigh(password, identifier).ShouldBeFalse();
    }

    [TestCase(256, true)]
    [TestCase(257, false)]
    public void IsTooHigh_OfEqualTexts_IsNotAskedBeyond256Bytes(int bytes, bool expected)
    {
        var text = new string('a', bytes - 2) + "é";

        IdentifierSimilarity.IsTooHigh(text, text).ShouldBe(expected);
        IdentifierSimilarity.IsTooHigh(new string('b', 10) + "unrelated", text).ShouldBeFalse();
    }
}
