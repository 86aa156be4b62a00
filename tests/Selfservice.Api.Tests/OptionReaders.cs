using System.Reflection;
using System.Reflection.Emit;

namespace Selfservice.Api.Tests;

/// <summary>Finds out which methods of the packages call which others, by looking for call instructions in their code. A number within the code that looks like one may be taken for a call; none is missed.</summary>
internal static class OptionReaders
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The settings of all options classes whose value no code takes, except code that only checks them.</summary>
    public static IEnumerable<string> FindUnread(IReadOnlyCollection<Assembly> assemblies)
    {
        var read = assemblies.SelectMany(a => a.GetTypes()).Where(t => !IsCheck(t)).SelectMany(CalledBy).ToHashSet();
        return from assembly in assemblies
               from type in assembly.GetTypes()
               where type.Name.EndsWith("Options", StringComparison.Ordinal)
               from property in type.GetProperties(All)
               where property is { CanWrite: true, GetMethod: { } getter } && !read.Contains((getter.Module, getter.MetadataToken))
               select $"{type.FullName}.{property.Name}";
    }

    /// <summary>Whether a type, or the one that a compiler made it for, checks options at start.</summary>
    private static bool IsCheck(Type type) => type.Name.EndsWith("OptionsCheck", StringComparison.Ordinal) || type.Name.EndsWith("OptionsValidator", StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsCheck(outer));

    private static IEnumerable<(Module Module, int Token)> CalledBy(Type type) =>
        type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)).SelectMany(CalledBy);

    private static IEnumerable<(Module Module, int Token)> CalledBy(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + 4 < code.Length; at++)
        {
            if (code[at] != OpCodes.Call.Value && code[at] != OpCodes.Callvirt.Value)
                continue;
            if (Resolve(method, BitConverter.ToInt32(code, at + 1)) is { } called)
                yield return (called.Module, called.MetadataToken);
        }
    }

    private static MethodBase? Resolve(MethodBase caller, int token)
    {
        try
        {
            return caller.Module.ResolveMethod(token, caller.DeclaringType?.GetGenericArguments(), caller.IsGenericMethod ? caller.GetGenericArguments() : null);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            return null; // the bytes were no call after all
        }
    }
}
