using System.Diagnostics.CodeAnalysis;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>A signed token that is not accepted. The message is the part of a sentence that says why; nothing of the token is in it.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Thrown and caught in this folder alone, always with a reason.")]
[SuppressMessage("Design", "CA1064", Justification = "See above.")]
internal sealed class InvalidTokenException(string message, Exception? inner = null) : Exception(message, inner);
