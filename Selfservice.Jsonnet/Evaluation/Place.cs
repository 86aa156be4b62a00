using Selfservice.Jsonnet.Syntax;

namespace Selfservice.Jsonnet.Evaluation;

/// <summary>The function, field or variable that a piece of code belongs to, for traces.</summary>
internal sealed record Origin(SourceFile File, string Name);

/// <summary>Where a node stands in its source.</summary>
internal readonly record struct Place(Origin Origin, int Start, int End)
{
    public JsonnetFrame ToFrame()
    {
        var (line, column) = Origin.File.Locate(Start);
        var (endLine, endColumn) = Origin.File.Locate(End);
        return new JsonnetFrame(Origin.File.Name, line, column, endLine, Math.Max(endColumn - 1, endLine == line ? column : 1), Origin.Name);
    }
}
