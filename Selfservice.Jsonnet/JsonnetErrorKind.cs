namespace Selfservice.Jsonnet;

/// <summary>Who is to blame for a failed program.</summary>
public enum JsonnetErrorKind
{
    /// <summary>The program is not Jsonnet: lexing, parsing, an unknown variable. Found before evaluation.</summary>
    Static,

    /// <summary>The program ran into an error, its own (<c>error "..."</c>) or a wrong type, a missing field and the like.</summary>
    Runtime,

    /// <summary>The program needs more than the limits allow: see <see cref="JsonnetLimits"/> and <see cref="JsonnetCompileOptions"/>.</summary>
    Limit,

    /// <summary>The host cancelled the evaluation.</summary>
    Cancelled,
}
