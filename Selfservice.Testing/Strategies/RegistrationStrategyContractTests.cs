using System.Net;
using NUnit.Framework;
using Shouldly;

namespace Selfservice.Testing.Strategies;

/// <summary>What a method that signs people up has to keep to.</summary>
public abstract class RegistrationStrategyContractTests : StrategyContractTests
{
    private protected override string Flow => "registration";

    /// <summary>The fields that sign somebody up, traits included.</summary>
    protected abstract IReadOnlyDictionary<string, string> Proof { get; }

    /// <summary>The values among them that must not be shown or logged.</summary>
    protected abstract IReadOnlyCollection<string> Secrets { get; }

    /// <summary>The name of a required trait; left out of the proof, the form is refused.</summary>
    protected abstract string RequiredTrait { get; }

    [Test]
    public async Task RightProof_SignsUp()
    {
        var (status, body) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), With(Proof)).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.OK);
        ((string?)body["identity"]!["id"]).ShouldNotBeNullOrEmpty();
        ShouldHoldNone(Secrets, body);
    }

    [Test]
    public async Task Secrets_AreNeitherShownNorLogged()
    {
        var body = With(Proof);
        body.Remove(RequiredTrait);
        var (status, refused) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), body).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.BadRequest);
        ShouldHoldNone(Secrets, refused);
    }
}
