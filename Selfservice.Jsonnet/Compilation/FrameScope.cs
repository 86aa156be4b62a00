namespace Selfservice.Jsonnet.Compilation;

/// <summary>What becomes an <see cref="Evaluation.Env"/> at run time; counts its slots while the code inside is compiled.</summary>
internal sealed class FrameScope(FrameScope? parent, bool isObject)
{
    public FrameScope? Parent { get; } = parent;

    public bool IsObject { get; } = isObject;

    /// <summary>How many objects are around, this frame included.</summary>
    public int ObjectDepth { get; } = (parent?.ObjectDepth ?? 0) + (isObject ? 1 : 0);

    public int SlotCount { get; private set; }

    public int AddSlot() => SlotCount++;

    public int HopsTo(FrameScope outer)
    {
        var hops = 0;
        for (var frame = this; frame != outer; frame = frame.Parent!)
            hops++;
        return hops;
    }

    /// <summary>The frame of the outermost object, whose self is <c>$</c>.</summary>
    public FrameScope OutermostObject()
    {
        var frame = this;
        while (!frame.IsObject || frame.ObjectDepth > 1)
            frame = frame.Parent!;
        return frame;
    }
}
