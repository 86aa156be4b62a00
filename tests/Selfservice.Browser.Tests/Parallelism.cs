// Each fixture has a host, and each test a browser context of its own; two at once, because pages spend their time waiting.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
