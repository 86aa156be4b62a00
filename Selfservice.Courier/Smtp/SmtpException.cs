using System.Diagnostics.CodeAnalysis;

namespace Selfservice.Courier.Smtp;

/// <summary>The server refused a command, or said something that is no SMTP.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It never leaves the library.")]
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the library.")]
internal sealed class SmtpException(string message, bool isFinal = false) : Exception(message)
{
    /// <summary>Whether it refused this message for good: to send it again would change nothing.</summary>
    public bool IsFinal => isFinal;
}
