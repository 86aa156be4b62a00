namespace Selfservice.Jsonnet.Syntax;

/// <summary>A program's text under its name; turns offsets into lines and columns, which only errors need.</summary>
internal sealed class SourceFile(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>Line and column from 1; columns count UTF-8 bytes, as the reference counts them.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        offset = Math.Min(offset, Text.Length);
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            if (Text[i] == '\n')
            {
                line++;
                lineStart = i + 1;
            }
        }

        return (line, System.Text.Encoding.UTF8.GetByteCount(Text.AsSpan(lineStart, offset - lineStart)) + 1);
    }
}

/// <summary>What is wrong with a program before it runs.</summary>
internal sealed class StaticErrorException(SourceFile file, string message, int start, int end) : Exception(message)
{
    public SourceFile File { get; } = file;

    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>True when a limit of the compiler ended it, not the language.</summary>
    public bool IsLimit { get; init; }
}
