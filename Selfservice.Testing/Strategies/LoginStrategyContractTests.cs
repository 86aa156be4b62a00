using System.Net;
using NUnit.Framework;
using Shouldly;

namespace Selfservice.Testing.Strategies;

/// <summary>What a method that signs people in has to keep to.</summary>
public abstract class LoginStrategyContractTests : StrategyContractTests
{
    private protected override string Flow => "login";

    /// <summary>Creates somebody who can sign in with the method, at <see cref="StrategyContractTests.Host"/>.</summary>
    protected abstract Task<LoginProof> EnrollAsync();

    [Test]
    public async Task RightProof_SignsIn()
    {
        var proof = await EnrollAsync().ConfigureAwait(false);
        var (status, body) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), With(proof.Right)).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.OK);
        ((string?)body["session_token"]).ShouldNotBeNullOrEmpty();
        ((string?)body["session"]!["authentication_methods"]![0]!["method"]).ShouldBe(Method);
        ShouldHoldNone(proof.Secrets, body);
    }

    [Test]
    public async Task WrongProof_IsAnsweredLikeAnUnknownIdentifier()
    {
        var proof = await EnrollAsync().ConfigureAwait(false);
        var (status, wrong) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), With(proof.Wrong)).ConfigureAwait(false);
        var (unknownStatus, unknown) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), With(proof.Unknown)).ConfigureAwait(false);
        status.ShouldBe(HttpStatusCode.BadRequest);
        unknownStatus.ShouldBe(status);
        wrong["ui"]!["messages"]!.ToJsonString().ShouldBe(unknown["ui"]!["messages"]!.ToJsonString());
    }

    [Test]
    public async Task Secrets_AreNeitherShownNorLogged()
    {
        var proof = await EnrollAsync().ConfigureAwait(false);
        var (_, body) = await SubmitAsync(Host, await CreateAsync(Host).ConfigureAwait(false), With(proof.Wrong)).ConfigureAwait(false);
        ShouldHoldNone(proof.Secrets, body);
    }
}
