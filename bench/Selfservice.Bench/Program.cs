// Measures what docs/performance.md keeps, and prints it as a table.
// Usage: Selfservice.Bench <published bench host> <published sample host> <the same, composite> [argon2|jsonnet|store|start|logins|oidc|endpoints|account]...
using Selfservice.Bench;

if (args is not [var benchHost, var sampleHost, var composite, .. var chosen])
{
    Console.Error.WriteLine("Usage: Selfservice.Bench <published bench host> <published sample host> <the same, composite> [argon2|jsonnet|store|start|logins|oidc|endpoints|account]...");
    return 2;
}

Figure.PrintHead();
if (IsWanted("argon2"))
    Argon2Figures.Measure();
if (IsWanted("jsonnet"))
    JsonnetFigures.Measure();
if (IsWanted("store"))
    await StoreFigures.MeasureAsync();
if (IsWanted("start"))
    await StartFigures.MeasureAsync(benchHost, sampleHost, composite);
if (IsWanted("logins"))
    await LoginFigures.MeasureAsync(sampleHost);
if (IsWanted("oidc"))
    await OidcFigures.MeasureAsync(benchHost);
if (IsWanted("endpoints"))
    await EndpointFigures.MeasureAsync(benchHost);
if (IsWanted("account"))
    await AccountFigures.MeasureAsync(benchHost);
return 0;

bool IsWanted(string part) => chosen.Length == 0 || chosen.Contains(part, StringComparer.Ordinal);
