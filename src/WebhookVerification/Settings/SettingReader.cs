using System.Diagnostics.CodeAnalysis;

namespace WebhookVerification.Settings;

/// <summary>
/// Reads the members of one object. Every getter reports a value of the wrong type or range and then answers as if it were absent,
/// so that one pass finds every error; a member that is null counts as absent. What no getter asked for, <see cref="Done"/> reports.
/// </summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The type is what each getter is about.")]
public sealed partial class SettingReader
{
    private readonly List<string> _legal = [];
    private readonly List<string> _refused = [];

    /// <summary>Starts to read <paramref name="node"/>; anything but an object is an error, and then reads as an empty one.</summary>
    public SettingReader(SettingNode node, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(problems);
        (Node, Problems) = (node, problems);
        if (node.Kind != SettingKind.Object)
        {
            Wrong(node, "an object");
        }
    }

    /// <summary>The object that is read.</summary>
    public SettingNode Node { get; }

    /// <summary>Where errors go.</summary>
    public ProblemList Problems { get; }

    /// <summary>The names that getters have asked for so far, in their order.</summary>
    public IReadOnlyList<string> Legal => _legal;

    /// <summary>The member whatever its kind; null when it is absent or null.</summary>
    public SettingNode? Any(string name)
    {
        if (!_legal.Contains(name))
        {
            _legal.Add(name);
        }

        return Node.Members.TryGetValue(name, out var node) && node.Kind != SettingKind.Null ? node : null;
    }

    /// <summary>As <see cref="Any"/>, but absence is an error.</summary>
    public SettingNode? Required(string name)
    {
        var node = Any(name);
        if (node is null)
        {
            Missing(name);
        }

        return node;
    }

    /// <summary>A reader for a member that is an object. The caller ends it with <see cref="Done"/>.</summary>
    public SettingReader? Child(string name) =>
        Any(name) is { } node && Expect(node, SettingKind.Object, "an object") ? new SettingReader(node, Problems) : null;

    /// <summary>The members of a member whose keys are names of the operator's choice; those that are null are left out.</summary>
    public IEnumerable<KeyValuePair<string, SettingNode>> Children(string name) =>
        Any(name) is { } node && Expect(node, SettingKind.Object, "an object")
            ? Present(node.Members)
            : [];

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<SettingNode> Items(string name) =>
        Any(name) is { } node && Expect(node, SettingKind.Array, "an array") ? node.Items : [];

    /// <summary>Reports a member that has a meaning elsewhere, but may not stand here.</summary>
    public void Refuse(string name, string message)
    {
        if (Node.Members.TryGetValue(name, out var node) && node.Kind != SettingKind.Null)
        {
            Problems.Error(node, message);
        }

        _refused.Add(name);
    }

    /// <summary>Reports every member that no getter has asked for.</summary>
    public void Done()
    {
        var isRoot = Node.Path == SettingPath.Root;
        foreach (var (name, node) in Node.Members)
        {
            var known = _legal.Concat(_refused).Contains(name, StringComparer.OrdinalIgnoreCase);
            if (!known && !(isRoot && name is "$schema" or "$comment"))
            {
                Problems.Error(node, $"Unknown key '{name}'.{Nearest.Hint(name, _legal)} Legal keys: {string.Join(", ", _legal)}.");
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, SettingNode>> Present(IReadOnlyDictionary<string, SettingNode> members)
    {
        foreach (var member in members)
        {
            if (member.Value.Kind != SettingKind.Null)
            {
                yield return member;
            }
        }
    }

    private void Missing(string name) => Problems.Error(Node, $"The key '{name}' is required.");

    private bool Expect(SettingNode node, SettingKind kind, string legal)
    {
        if (node.Kind != kind)
        {
            Wrong(node, legal);
        }

        return node.Kind == kind;
    }

    private void Wrong(SettingNode node, string legal, string hint = "") =>
        Problems.Error(node, $"{SettingText.Show(node)} is not legal here; expected {legal}.{hint}");
}
