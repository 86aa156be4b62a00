using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Selfservice.Identities;
using Selfservice.Sessions;

namespace Selfservice.Persistence.Tests;

/// <summary>The measurements in docs/storage.md. Run them by name in a Release build.</summary>
[Explicit("Measures; asserts nothing.")]
public sealed class Measurements
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Writes_With32Callers(bool sync)
    {
        using var folder = new TemporaryFolder();
        var options = folder.Options();
        options.SyncEveryCommit = sync;
        await using var store = new SqliteStore(options, TimeProvider.System);
        foreach (var callers in new[] { 1, 32, 32, 128 })
        {
            const int total = 20_000;
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < total / callers; i++)
                    await store.InsertAsync(Flows.New());
            })));
            await TestContext.Out.WriteLineAsync($"sync {sync}, {callers} callers: {total / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} inserts/s");
        }
    }

    [Test]
    public async Task Reads_OfASession()
    {
        using var folder = new TemporaryFolder();
        await using var store = folder.Open();
        var now = TimeProvider.System.GetUtcNow();
        var tokens = new List<byte[]>();
        for (var n = 0; n < 1000; n++)
            tokens.Add(await SeedAsync(store, n, now));
        for (var round = 0; round < 3; round++)
        {
            const int total = 50_000;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < total; i++)
            {
                var token = tokens[i * 7 % tokens.Count];
                var session = await store.ReadAsync((scope, ct) => scope.Sessions.FindByTokenAsync(token, ct), CancellationToken.None);
                session.ShouldNotBeNull();
            }

            await TestContext.Out.WriteLineAsync($"whoami: {total / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} reads/s");
        }
    }

    private static async Task<byte[]> SeedAsync(SqliteStore store, int n, DateTimeOffset now)
    {
        var mail = $"user{n}@example.org";
        var identity = new Identity
        {
            Id = Guid.CreateVersion7(now),
            SchemaId = "person",
            Traits = JsonElement.Parse($$"""{"email":"{{mail}}","names":["A","B"] }"""),
            VerifiableAddresses = [new() { Id = Guid.CreateVersion7(now), Value = mail, Via = "email" }],
            RecoveryAddresses = [new() { Id = Guid.CreateVersion7(now), Value = mail, Via = "email" }],
        };
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            IdentityId = identity.Id,
            ExpiresAt = now.AddDays(1),
            AuthenticatedAt = now,
            IssuedAt = now,
            AuthenticationMethods = [new() { Method = "password", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = now }],
            Devices = [new() { Id = Guid.CreateVersion7(now), IpAddress = "203.0.113.7", UserAgent = "Browser/1" }],
        };
        var token = SHA256.HashData(session.Id.ToByteArray());
        await store.WriteAsync(
            async (scope, ct) =>
            {
                await scope.Identities.InsertAsync(identity, ct);
                await scope.Sessions.InsertAsync(session, token, ct);
                return true;
            },
            CancellationToken.None);
        return token;
    }
}
