// Measures what docs/performance.md keeps, and prints it as a table. Usage: Selfservice.Bench <published bench host> <published sample host>
using Selfservice.Bench;

if (args is not [var benchHost, var sampleHost])
{
    Console.Error.WriteLine("Usage: Selfservice.Bench <published bench host> <published sample host>");
    return 2;
}

Figure.PrintHead();
Argon2Figures.Measure();
JsonnetFigures.Measure();
await StartFigures.MeasureAsync(sampleHost);
await LoginFigures.MeasureAsync(sampleHost);
await EndpointFigures.MeasureAsync(benchHost);
return 0;
