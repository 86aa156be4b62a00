using System.Globalization;
using System.Reflection;

namespace Selfservice.Docs.Tests;

/// <summary>
/// A table whose first heading is the name of a public type, in code, lists that type's properties: all of them and no other. Where the second heading is "Default", it says the defaults of plain
/// numbers and booleans.
/// </summary>
public sealed class TypeTableTests
{
    private static readonly Assembly[] Libraries =
    [
        typeof(Flows.Flow).Assembly, typeof(Hosting.Authentication.SelfserviceAuthenticationOptions).Assembly, typeof(Strategies.Password.PasswordOptions).Assembly,
        typeof(Persistence.SqliteOptions).Assembly, typeof(Ui.SelfserviceUiOptions).Assembly, typeof(Testing.Hosts.SelfserviceTestHost).Assembly, typeof(Jsonnet.JsonnetProgram).Assembly,
    ];

    private static readonly Dictionary<string, Type> Types =
        Libraries.SelectMany(a => a.GetExportedTypes()).Where(t => !t.IsNested).GroupBy(t => t.Name).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single());

    private static IEnumerable<(Page Page, Type Type, MarkdownTable Table)> Tables =>
        from page in Repository.Pages
        from table in MarkdownTable.In(page)
        where MarkdownTable.Code(table.Head[0]) is [var name] && Types.ContainsKey(name)
        select (page, Types[MarkdownTable.Code(table.Head[0])[0]], table);

    public static IEnumerable<TestCaseData> Cases => Tables.Select(t => new TestCaseData(t.Table, t.Type).SetArgDisplayNames(t.Page.Name, t.Type.Name));

    [TestCaseSource(nameof(Cases))]
    public void Table_ListsThePropertiesOfItsTypeAndNoOther(object table, Type type) =>
        ((MarkdownTable)table).Rows.SelectMany(r => MarkdownTable.Code(r[0])).Where(c => !c.EndsWith("()", StringComparison.Ordinal)).Select(Member).Order(StringComparer.Ordinal)
            .ShouldBe(Properties(type).Select(p => p.Name).Order(StringComparer.Ordinal));

    [TestCaseSource(nameof(Cases))]
    public void Table_SaysTheDefaults(object table, Type type)
    {
        var (head, rows) = (MarkdownTable)table;
        if (head.Count < 2 || head[1] != "Default")
            return;
        var defaults = Activator.CreateInstance(type);
        foreach (var (property, said) in rows.SelectMany(r => MarkdownTable.Code(r[0]).Select(name => (type.GetProperty(name)!, r[1]))))
        {
            // Other defaults are said in words, and depend on the machine or on other members.
            if (property.GetValue(defaults) is int or long or bool && !said.Contains("processors", StringComparison.Ordinal))
                said.Trim('`').ShouldBe(Text(property.GetValue(defaults)!), property.Name);
        }
    }

    /// <summary>Whatever a host may set is on some page: on the page of all settings, or in a table of its class.</summary>
    [Test]
    public void EveryOptionsClass_IsOnAPage()
    {
        var listed = Tables.Select(t => t.Type).Concat(OptionPath.Types).ToHashSet();
        Types.Values.Where(t => t is { IsClass: true, IsAbstract: false } && IsSettings(t.Name) && !listed.Contains(t)).Select(t => t.FullName).ShouldBeEmpty();
    }

    private static bool IsSettings(string name) => Array.Exists(["Options", "Limits", "Parameters"], end => name.EndsWith(end, StringComparison.Ordinal));

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    /// <summary>The member that a cell shows, which may be an example of its use: <c>External["x"] = …</c>.</summary>
    private static string Member(string code) => new([.. code.TakeWhile(char.IsLetterOrDigit)]);

    private static string Text(object value) => value is bool flag ? flag ? "true" : "false" : ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture);
}
