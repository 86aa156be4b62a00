using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Configuration;

namespace Selfservice.Docs.Tests;

/// <summary>One setting as an operator writes it. The paths follow from the option classes that the packages register, by the rules of the binder.</summary>
/// <param name="Path">The path, with <c>0</c> for the first element of a list and <c>{method}</c> for the name of a method.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Default">The default as configuration would say it; empty for a setting that is not set.</param>
internal sealed record OptionPath(string Path, string Type, string Default)
{
    /// <summary>Classes of texts: too many to list, and documented where they belong. A path leads to them, none into them.</summary>
    private static readonly Type[] Whole = [typeof(Ui.PageTexts)];

    /// <summary>Every setting of the packages that exist.</summary>
    public static IReadOnlyList<OptionPath> All { get; } =
        [.. Sections().Where(s => s.Path != "Courier").SelectMany(s => Of(s.Path.Length == 0 ? "Selfservice" : "Selfservice:" + s.Path, s.OptionsType)).OrderBy(o => o.Path, StringComparer.Ordinal)];

    /// <summary>The option classes that can be set by configuration.</summary>
    public static IReadOnlySet<Type> Types { get; } = Sections().SelectMany(s => Nested(s.OptionsType)).ToHashSet();

    /// <summary>A package that brings settings and is not part of the metapackage is added here.</summary>
    private static IEnumerable<OptionsSection> Sections()
    {
        var services = new ServiceCollection();
        services.AddSelfservice().AddOidc();
        return services.Select(s => s.ImplementationInstance).OfType<OptionsSection>();
    }

    private static IEnumerable<Type> Nested(Type type) => Properties(type).Select(p => ItemType(p.PropertyType) ?? p.PropertyType)
        .Where(t => t.IsClass && Name(t) is null && !Whole.Contains(t)).SelectMany(Nested).Append(type).Concat(type == typeof(AfterOptions) ? [typeof(AfterMethodOptions)] : []);

    private static IEnumerable<OptionPath> Of(string path, Type type) => Of(path, Activator.CreateInstance(type)!);

    private static IEnumerable<OptionPath> Of(string path, object options) => Properties(options.GetType()).SelectMany(property => Of($"{path}:{property.Name}", property, options))
        .Concat(options is AfterOptions ? Of($"{path}:{{method}}", typeof(AfterMethodOptions)) : []);

    private static IEnumerable<OptionPath> Of(string path, PropertyInfo property, object options)
    {
        var (type, value) = (property.PropertyType, property.GetValue(options));
        if (Whole.Contains(type))
            return [new(path, "texts", "")];
        if (Name(type) is { } scalar)
            return [new(path, scalar, Text(value))];
        if (ItemType(type) is not { } item)
            return Of(path, value!);
        if (Name(item) is not { } name)
            return Of($"{path}:0", item);
        if (value is ICollection { Count: > 0 })
            throw new NotSupportedException($"{path} is a list with a default, which the page has no form for yet.");
        return [new($"{path}:0", name, "")];
    }

    /// <summary>What the binder can set: see <see cref="OptionsSection"/>.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite && !typeof(IDictionary).IsAssignableFrom(p.PropertyType))
        .Where(p => Name(p.PropertyType) is not null || ItemType(p.PropertyType) is not null || p.PropertyType.IsClass);

    private static string? Name(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "text"
            : type == typeof(bool) ? "boolean"
            : type == typeof(int) ? "number"
            : type == typeof(TimeSpan) ? "duration"
            : type == typeof(JsonObject) ? "json"
            : type.IsEnum ? string.Join(", ", type.GetEnumNames())
            : null;
    }

    private static Type? ItemType(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0] : null;

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan { Ticks: 0 } => "0s",
        TimeSpan span when span.Ticks % TimeSpan.TicksPerHour == 0 => $"{span.TotalHours:0}h",
        TimeSpan span when span.Ticks % TimeSpan.TicksPerMinute == 0 => $"{span.TotalMinutes:0}m",
        TimeSpan span when span.Ticks % TimeSpan.TicksPerSecond == 0 => $"{span.TotalSeconds:0}s",
        TimeSpan span => $"{span.TotalMilliseconds:0}ms",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
