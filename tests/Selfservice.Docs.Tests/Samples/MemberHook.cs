using Microsoft.Extensions.DependencyInjection;
using Selfservice.Hooks;
using Selfservice.Registration;

public sealed class MemberHook(IServiceScopeFactory scopes) : IFlowHook<RegistrationDraft>
{
    public async ValueTask AfterCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<Members>();
        await members.AddAsync(draft.Identity.Id, cancellationToken);
    }
}

/// <summary>What a host has of its own for each request, such as a database context.</summary>
public sealed class Members(MemberList list) : IDisposable
{
    private readonly List<Guid> _added = [];

    public ValueTask AddAsync(Guid identity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _added.Add(identity);
        return ValueTask.CompletedTask;
    }

    /// <summary>Each list ends with its scope: two people of one scope would be one list.</summary>
    public void Dispose() => list.Scopes.Add([.. _added]);
}

/// <summary>What was added in each scope that has ended.</summary>
public sealed class MemberList
{
    public List<IReadOnlyList<Guid>> Scopes { get; } = [];
}
