using System.Diagnostics.CodeAnalysis;

namespace Selfservice.Hooks;

/// <summary>Takes part in flows: implements <see cref="IFlowHook{TDraft}"/> for each kind of draft that it wants to see.</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "What may be registered as a hook is checked by the compiler.")]
public interface IHook;
