using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Persistence;
using Selfservice.Storage;

namespace Selfservice.Hosting.Tests.Health;

public sealed class ReadinessTests
{
    [Test]
    public async Task Ready_WithoutItsDatabase_SaysSoToTheClientAndWhyToTheLog()
    {
        await using var host = await TestHost.StartAsync("Development", builder => builder.Services.AddSingleton<IStore, BrokenStore>());
        using var client = host.NewClient(Agent.Native);

        var answer = await client.GetAsync("/health/ready");

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Body.ShouldNotContain("planted");
        host.Logs.Text.ShouldContain("planted fault of the disk");
        (await client.GetAsync("/health/alive")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private sealed class BrokenStore : IStore
    {
        public Task<T> ReadAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => Task.FromException<T>(new StoreUnavailableException("planted fault of the disk"));

        public Task<T> WriteAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => Task.FromException<T>(new StoreUnavailableException("planted fault of the disk"));
    }
}
