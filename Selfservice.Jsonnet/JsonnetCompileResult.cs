using System.Diagnostics.CodeAnalysis;

namespace Selfservice.Jsonnet;

/// <summary>A compiled program, or what is wrong with its source.</summary>
/// <param name="Program">The program; null after an error.</param>
/// <param name="Error">The error, of kind <see cref="JsonnetErrorKind.Static"/> or <see cref="JsonnetErrorKind.Limit"/>; null after success.</param>
public sealed record JsonnetCompileResult(JsonnetProgram? Program, JsonnetError? Error)
{
    /// <summary>Whether there is a program.</summary>
    [MemberNotNullWhen(true, nameof(Program))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Program is not null;
}
