using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Selfservice.Configuration;

/// <summary>
/// Binds a part of the configuration to an options class and finds keys that mean nothing. A misspelt key would otherwise switch off the protection that it was meant to set.
/// </summary>
/// <param name="Path">The path under the root section; empty for the root itself.</param>
/// <param name="OptionsType">The class that is bound.</param>
public sealed record OptionsSection(string Path, Type OptionsType)
{
    /// <summary>Binds the part to an object of <see cref="OptionsType"/>; adds a sentence for every value that cannot be read.</summary>
    public void Bind(IConfiguration root, object options, ICollection<string> faults)
    {
        var section = Path.Length == 0 ? root : root.GetSection(Path);
        BindObject(section, options, faults);
    }

    /// <summary>The keys below the root that none of the sections know, as full paths.</summary>
    public static IEnumerable<string> UnknownKeys(IConfiguration root, IReadOnlyCollection<OptionsSection> sections) =>
        root.GetChildren().SelectMany(child => Unknown(child, child.Key, sections));

    private static IEnumerable<string> Unknown(IConfigurationSection section, string path, IReadOnlyCollection<OptionsSection> sections)
    {
        if (sections.Any(s => s.Path.Length > 0 && s.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
            return UnknownMembers(section, sections.First(s => s.Path.Equals(path, StringComparison.OrdinalIgnoreCase)).OptionsType);
        if (sections.Any(s => s.Path.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase)))
            return section.GetChildren().SelectMany(child => Unknown(child, $"{path}:{child.Key}", sections));
        var shared = sections.FirstOrDefault(s => s.Path.Length == 0);
        var property = shared is null ? null : Property(shared.OptionsType, section.Key);
        return property is null ? [section.Path] : UnknownValues(section, property.PropertyType);
    }

    private static IEnumerable<string> UnknownMembers(IConfigurationSection section, Type type) => section.GetChildren().SelectMany(child =>
    {
        var property = Property(type, child.Key);
        if (property is not null)
            return UnknownValues(child, property.PropertyType);
        // A method's part stands beside the flow's own keys; it has keys of its own.
        return type == typeof(AfterOptions) && child.Value is null ? UnknownMembers(child, typeof(AfterMethodOptions)) : [child.Path];
    });

    private static IEnumerable<string> UnknownValues(IConfigurationSection section, Type type) =>
        IsScalar(type) || type == typeof(JsonObject) || typeof(IDictionary).IsAssignableFrom(type) ? []
        : ItemType(type) is { } item ? IsScalar(item) ? [] : section.GetChildren().SelectMany(child => UnknownMembers(child, item))
        : UnknownMembers(section, type);

    private static void BindObject(IConfiguration section, object options, ICollection<string> faults)
    {
        foreach (var child in section.GetChildren())
        {
            if (Property(options.GetType(), child.Key) is { } property)
                BindProperty(child, options, property, faults);
            else if (options is AfterOptions after)
            {
                // A method's part stands beside the flow's own keys.
                if (!after.Methods.TryGetValue(child.Key, out var method))
                    after.Methods.Add(child.Key.ToLowerInvariant(), method = new());
                BindObject(child, method, faults);
            }
        }
    }

    private static void BindProperty(IConfigurationSection section, object options, PropertyInfo property, ICollection<string> faults)
    {
        var type = property.PropertyType;
        if (IsScalar(type))
        {
            if (section.Value is { } text && Read(section, text, type, faults) is { } value)
                property.SetValue(options, value);
        }
        else if (ItemType(type) is { } item)
        {
            var list = (IList)Activator.CreateInstance(type)!;
            foreach (var child in section.GetChildren().OrderBy(c => int.TryParse(c.Key, CultureInfo.InvariantCulture, out var i) ? i : int.MaxValue))
            {
                if (IsScalar(item))
                {
                    if (child.Value is { } text && Read(child, text, item, faults) is { } value)
                        list.Add(value);
                }
                else
                {
                    var element = Activator.CreateInstance(item)!;
                    BindObject(child, element, faults);
                    list.Add(element);
                }
            }

            // An empty list in JSON configuration is a section with the value "".
            property.SetValue(options, list);
        }
        else if (property.GetValue(options) is IDictionary<string, string> texts)
        {
            foreach (var child in section.GetChildren())
                texts[child.Key] = child.Value ?? "";
        }
        else if (type == typeof(JsonObject))
            property.SetValue(options, ReadJson(section) as JsonObject);
        else if (!type.IsValueType && property.GetValue(options) is { } nested)
            BindObject(section, nested, faults);
        else
            faults.Add($"{section.Path} can be set in code only; remove the key.");
    }

    /// <summary>A part whose shape is not ours, such as a JSON parameter of a protocol: numbered keys make a list, and true, false and numbers are what they look like.</summary>
    private static JsonNode? ReadJson(IConfigurationSection section)
    {
        var children = section.GetChildren().ToArray();
        if (children.Length > 0)
        {
            return Array.TrueForAll(children, c => int.TryParse(c.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? new JsonArray([.. children.OrderBy(c => int.Parse(c.Key, CultureInfo.InvariantCulture)).Select(ReadJson)])
                : new JsonObject(children.Select(c => KeyValuePair.Create(c.Key, ReadJson(c))));
        }

        return string.IsNullOrEmpty(section.Value) ? null
            : bool.TryParse(section.Value, out var flag) ? JsonValue.Create(flag)
            // A text of digits that a number would not be written as, such as a key with zeros in front, is no number.
            : long.TryParse(section.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == section.Value ? JsonValue.Create(number)
            : JsonValue.Create(section.Value);
    }

    private static object? Read(IConfigurationSection section, string text, Type type, ICollection<string> faults)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        object? value =
            type == typeof(string) ? text
            : type == typeof(bool) ? bool.TryParse(text, out var flag) ? flag : null
            : type == typeof(int) ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null
            : type == typeof(TimeSpan) ? Duration.Parse(text)
            : type.IsEnum ? Enum.TryParse(type, text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var name) && Enum.IsDefined(type, name) ? name : null
            : null;
        if (value is null)
            faults.Add($"{section.Path} is \"{text}\", which is no {Kind(type)}.");
        return value;
    }

    private static string Kind(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "whole number"
        : type == typeof(TimeSpan) ? "duration like 10m or 1h30m"
        : "one of " + string.Join(", ", type.GetEnumNames());

    private static PropertyInfo? Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { CanWrite: true } property
        && !(type == typeof(AfterOptions) && property.Name == nameof(AfterOptions.Methods)) ? property : null;

    private static bool IsScalar(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { } t && (t == typeof(string) || t == typeof(bool) || t == typeof(int) || t == typeof(TimeSpan) || t.IsEnum);

    private static Type? ItemType(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0] : null;
}
