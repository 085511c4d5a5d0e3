namespace Proxy.Tests.Hostile;

/// <summary>Tests that take the whole machine; others, which wait with deadlines, do not run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FullSpeedTests
{
    public const string Name = "Full speed";
}
