namespace WebhookVerification.Settings;

/// <summary>Collects what is wrong with a configuration, so that all of it can be reported at once.</summary>
public sealed class ProblemList
{
    private readonly List<Problem> _errors = [];
    private readonly List<Problem> _warnings = [];

    /// <summary>What makes the configuration unusable, in the order in which it was found.</summary>
    public IReadOnlyList<Problem> Errors => _errors;

    /// <summary>What is legal but probably not meant, in the order in which it was found.</summary>
    public IReadOnlyList<Problem> Warnings => _warnings;

    /// <summary>Reports an error at <paramref name="node"/>.</summary>
    public void Error(SettingNode node, string message)
    {
        ArgumentNullException.ThrowIfNull(node);
        Error(node.Source, node.Path, message);
    }

    /// <summary>Reports an error where there is no node, such as a file that cannot be read.</summary>
    public void Error(string source, string path, string message) => _errors.Add(new Problem(source, path, message));

    /// <summary>Reports a warning at <paramref name="node"/>.</summary>
    public void Warn(SettingNode node, string message)
    {
        ArgumentNullException.ThrowIfNull(node);
        _warnings.Add(new Problem(node.Source, node.Path, message));
    }
}
