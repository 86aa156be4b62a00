using System.Globalization;

namespace Selfservice.Jsonnet;

/// <summary>A place in a program on the way to an error.</summary>
/// <param name="File">The name that the program or import was compiled under.</param>
/// <param name="Line">First line, from 1.</param>
/// <param name="Column">First column, from 1, in UTF-8 bytes.</param>
/// <param name="EndLine">Last line, from 1.</param>
/// <param name="EndColumn">Last column, from 1, in UTF-8 bytes.</param>
/// <param name="Name">What the code there belongs to: <c>function &lt;f&gt;</c>, <c>thunk &lt;x&gt;</c>, <c>$</c> for the program itself.</param>
public sealed record JsonnetFrame(string File, int Line, int Column, int EndLine, int EndColumn, string Name)
{
    /// <summary>The place as the reference writes it: <c>file:1:2-5</c>, <c>file:(1:2)-(3:4)</c>.</summary>
    public string Location =>
        Line != EndLine
            ? string.Create(CultureInfo.InvariantCulture, $"{File}:({Line}:{Column})-({EndLine}:{EndColumn})")
            : EndColumn <= Column
                ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}")
                : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}-{EndColumn}");

    /// <inheritdoc/>
    public override string ToString() => $"{Location}\t{Name}";
}
