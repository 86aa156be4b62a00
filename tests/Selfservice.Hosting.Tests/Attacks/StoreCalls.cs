using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Storage;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>Lists the calls of a host's store, so that the work of two requests can be compared without a clock.</summary>
internal sealed class StoreCalls
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>How often something was called since the last <see cref="Take"/>.</summary>
    public int Count(string call) => _calls.Count(c => c == call);

    /// <summary>The calls since the last time, in order.</summary>
    public IReadOnlyList<string> Take()
    {
        var calls = new List<string>();
        while (_calls.TryDequeue(out var call))
            calls.Add(call);
        return calls;
    }

    /// <summary>Puts the list between a host and its store.</summary>
    public void Watch(SelfserviceBuilder builder)
    {
        var inner = builder.Services.Last(d => d.ServiceType == typeof(IStore));
        builder.Services.Remove(inner);
        builder.Services.AddSingleton<IStore>(services => new Store(
            (IStore)(inner.ImplementationFactory?.Invoke(services) ?? inner.ImplementationInstance ?? ActivatorUtilities.CreateInstance(services, inner.ImplementationType!)), this));
    }

    private sealed class Store(IStore inner, StoreCalls calls) : IStore
    {
        public Task<T> ReadAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
            inner.ReadAsync((scope, token) => work((IStoreScope)Spy.On(scope, typeof(IStoreScope), calls), token), cancellationToken);

        public Task<T> WriteAsync<T>(Func<IStoreScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
            inner.WriteAsync((scope, token) => work((IStoreScope)Spy.On(scope, typeof(IStoreScope), calls), token), cancellationToken);
    }

    // The proxy's type is derived from it.
#pragma warning disable CA1852
    internal class Spy : DispatchProxy
#pragma warning restore CA1852
    {
        /// <summary>What the host does in the background says nothing of a request.</summary>
        private static readonly string[] Background = ["ICourierStore.FirstDueAsync", "ICourierStore.LeaseAsync", "ICourierStore.MarkSentAsync"];

        private object _target = new();
        private StoreCalls _calls = new();

        public static object On(object target, Type type, StoreCalls calls)
        {
            var spy = Create(type, typeof(Spy));
            (((Spy)spy)._target, ((Spy)spy)._calls) = (target, calls);
            return spy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var result = targetMethod!.Invoke(_target, args);
            var isStore = targetMethod.IsSpecialName && targetMethod.ReturnType.IsInterface;
            if (isStore)
                return On(result!, targetMethod.ReturnType, _calls);
            var call = $"{targetMethod.DeclaringType!.Name}.{targetMethod.Name}";
            if (!Background.Contains(call) && !call.StartsWith("ILease", StringComparison.Ordinal) && !call.StartsWith("IWebHook", StringComparison.Ordinal) && !call.Contains("Delete", StringComparison.Ordinal))
                _calls._calls.Enqueue(call);
            return result;
        }
    }
}
