using Benchmarks.KnownAnswers;
using Benchmarks.Timing;

switch (args)
{
    case ["timing"]:
        return ComparisonTiming.Run();
    case ["wycheproof", var checkout]:
        return Wycheproof.Run(checkout);
    default:
        BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
        return 0;
}
