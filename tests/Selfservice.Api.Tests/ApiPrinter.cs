using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Selfservice.Api.Tests;

/// <summary>
/// Writes what others can use of an assembly: types by name, below each its members, one a line, with what may be null and what type parameters are held to. What a compiler adds and what only overrides is left out.
/// </summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["Boolean"] = "bool", ["Byte"] = "byte", ["Char"] = "char", ["Double"] = "double", ["Int32"] = "int", ["Int64"] = "long",
        ["Object"] = "object", ["String"] = "string", ["UInt32"] = "uint", ["UInt64"] = "ulong", ["Void"] = "void",
    };

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
            text.Append(Print(type));
        return text.Length > 0 ? text.ToString() : "(nothing)\n";
    }

    public static string Print(Type type)
    {
        var text = new StringBuilder($"{type.Namespace}: {Head(type)}\n");
        foreach (var member in Members(type).Order(StringComparer.Ordinal))
            text.Append("  ").Append(member).Append('\n');
        return text.ToString();
    }

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsSubclassOf(typeof(Delegate)) ? "delegate" : type.GetMethod("<Clone>$") is not null ? "record" : "class";
        var modifier = kind is not ("class" or "record") ? "" : type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var parents = type.IsEnum ? [] : type.GetInterfaces().Except(inherited).Where(i => i.IsPublic && !i.Name.StartsWith("IEquatable", StringComparison.Ordinal)).Select(Name).Order(StringComparer.Ordinal).AsEnumerable();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            parents = parents.Prepend(Name(parent));
        return $"{modifier}{kind} {Name(type)}{(parents.Any() ? " : " + string.Join(", ", parents) : "")}{Constraints(type.GetGenericArguments().Except(type.DeclaringType?.GetGenericArguments() ?? []))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(n => string.Create(CultureInfo.InvariantCulture, $"{n} = {Convert.ToInt64(Enum.Parse(type, n), CultureInfo.InvariantCulture)}"));
        return type.GetFields(Declared).Where(f => IsSeen(f.Attributes)).Select(Field)
            .Concat(type.GetConstructors(Declared).Where(IsSeen).Select(c => $"new({Parameters(c)})"))
            .Concat(type.GetProperties(Declared).Where(p => Accessors(p).Any()).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => IsSeen(e.AddMethod!)).Select(e => $"event {Name(e.EventHandlerType!, NullableFlags.Of(e))} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(m => IsSeen(m) && IsOwn(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))).Select(Method));
    }

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"const {Name(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}"
        : $"{(field.IsStatic ? "static " : "")}{Marks(field.GetCustomAttributesData())}{Name(field.FieldType, NullableFlags.Of(field))} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var any = Accessors(property).First();
        // An accessor's parameters say what may be null, the property's own do not.
        var index = property.GetIndexParameters() is { Length: > 0 and var count } ? $"[{string.Join(", ", any.GetParameters().Take(count).Select(Parameter))}]" : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(any)}{required}{Marks(property.GetCustomAttributesData())}{Name(property.PropertyType, NullableFlags.Of(property))} {property.Name}{index} {{ {string.Join(" ", Accessors(property).Select(Accessor))} }}";
    }

    private static IEnumerable<MethodInfo> Accessors(PropertyInfo property) => property.GetAccessors(nonPublic: true).Where(m => IsSeen(m) && m.GetBaseDefinition() == m);

    private static string Accessor(MethodInfo method) =>
        method.ReturnType != typeof(void) ? "get;" : method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        var result = Marks(method.ReturnParameter.GetCustomAttributesData()) + Name(method.ReturnType, NullableFlags.Of(method.ReturnParameter));
        return $"{Modifiers(method)}{result} {method.Name}{generic}({(method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Parameters(method)}){Constraints(method.GetGenericArguments())}";
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : method.DeclaringType!.IsInterface ? method.IsAbstract ? "" : "default " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{Marks(parameter.GetCustomAttributesData())}{passing}{Name(parameter.ParameterType, NullableFlags.Of(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Value(parameter.RawDefaultValue) : "")}";
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What the compiler cannot see from the types alone: <c>[NotNullWhen(true)]</c> and its like.</summary>
    private static string Marks(IEnumerable<CustomAttributeData> attributes) => string.Concat(attributes
        .Where(a => a.AttributeType.Namespace == "System.Diagnostics.CodeAnalysis" && a.AttributeType.Name.Contains("Null", StringComparison.Ordinal))
        .Select(a => $"[{a.AttributeType.Name[..^"Attribute".Length]}{(a.ConstructorArguments.Count > 0 ? $"({string.Join(", ", a.ConstructorArguments.Select(Argument))})" : "")}] ")
        .Order(StringComparer.Ordinal));

    private static string Argument(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> several ? string.Join(", ", several.Select(Argument)) : Value(argument.Value);

    private static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Select(p => (p.Name, Demands: Demands(p).ToArray())).Where(p => p.Demands.Length > 0).Select(p => $" where {p.Name} : {string.Join(", ", p.Demands)}"));

    private static IEnumerable<string> Demands(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var types = parameter.GetGenericParameterConstraints().Where(t => t != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal).ToArray();
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            yield return "struct";
        else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return NullableFlags.OfDeclared(parameter).Next() ? "class?" : "class";
        else if (types.Length == 0 && NullableFlags.OfDeclared(parameter).NextIsNotNull())
            yield return "notnull";
        foreach (var type in types)
            yield return type;
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            yield return "new()";
    }

    /// <summary>A type where nothing is said of null: a name, a parent, a constraint.</summary>
    private static string Name(Type type) => Name(type, null);

    private static string Name(Type type, NullableFlags? flags)
    {
        if (type.IsByRef || type.IsPointer)
            return Name(type.GetElementType()!, flags);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying, flags) + "?";
        // Values that hold no references have no flag.
        var mark = flags is not null && (!type.IsValueType || type.IsGenericType || type.IsGenericParameter) && flags.Next() ? "?" : "";
        if (type.IsArray)
            return Name(type.GetElementType()!, flags) + "[]" + mark;
        if (type.IsGenericParameter)
            return type.Name + mark;
        var name = type.Namespace == "System" && Keywords.TryGetValue(type.Name, out var keyword) ? keyword : type.Name.Split('`')[0];
        if (type.IsNested)
            name = Name(type.DeclaringType!).Split('<')[0] + "." + name;
        return (type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(t => Name(t, flags)))}>" : name) + mark;
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsSeen(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem && (attributes & FieldAttributes.SpecialName) == 0;

    private static bool IsOwn(MethodInfo method) => method.GetBaseDefinition() == method && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<', StringComparison.Ordinal);
}
