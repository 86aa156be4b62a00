using System.Collections.ObjectModel;
using System.Reflection;

namespace Selfservice.Api.Tests;

/// <summary>
/// What a compiler noted of nullable references in a type: one flag for each, outermost first, in attributes of the member, or for all that it says nothing of in those around it. Read by hand because
/// <see cref="NullabilityInfoContext"/> calls every type parameter without a constraint nullable: it cannot tell <c>T</c> from <c>T?</c>.
/// </summary>
internal sealed class NullableFlags
{
    private const byte NotAnnotated = 1, Annotated = 2;
    private readonly byte[] _flags;
    private readonly byte _all;
    private int _next;

    private NullableFlags(IEnumerable<CustomAttributeData> own, MemberInfo around)
    {
        var said = Find(own, "NullableAttribute");
        _flags = said?.Value is ReadOnlyCollection<CustomAttributeTypedArgument> each ? [.. each.Select(a => (byte)a.Value!)] : [];
        _all = said?.Value as byte? ?? Around(around);
    }

    public static NullableFlags Of(ParameterInfo parameter) => new(parameter.GetCustomAttributesData(), parameter.Member);

    public static NullableFlags Of(MemberInfo member) => new(member.GetCustomAttributesData(), member);

    /// <summary>A type parameter where it is declared: what its own constraints say.</summary>
    public static NullableFlags OfDeclared(Type parameter) => new(parameter.GetCustomAttributesData(), (MemberInfo?)parameter.DeclaringMethod ?? parameter.DeclaringType!);

    /// <summary>Takes the next flag: whether the reference may be null.</summary>
    public bool Next() => Take() == Annotated;

    /// <summary>Takes the next flag: whether the reference may not be null.</summary>
    public bool NextIsNotNull() => Take() == NotAnnotated;

    private byte Take() => _flags.Length == 0 ? _all : _flags[_next++];

    private static byte Around(MemberInfo member)
    {
        for (var at = member; at is not null; at = at.DeclaringType)
            if (Find(at.GetCustomAttributesData(), "NullableContextAttribute") is { Value: byte flag })
                return flag;
        return Find(member.Module.GetCustomAttributesData(), "NullableContextAttribute")?.Value as byte? ?? 0;
    }

    /// <summary>By name: the compiler puts the attributes into the assembly where the framework has none.</summary>
    private static CustomAttributeTypedArgument? Find(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(a => a.AttributeType.FullName == "System.Runtime.CompilerServices." + name)?.ConstructorArguments[0];
}
