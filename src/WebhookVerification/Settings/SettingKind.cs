using System.Diagnostics.CodeAnalysis;

namespace WebhookVerification.Settings;

/// <summary>What kind of JSON value a <see cref="SettingNode"/> holds.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are JSON's own names.")]
public enum SettingKind
{
    /// <summary>The literal null, which readers treat as an absent member.</summary>
    Null = 0,

    /// <summary>Named members.</summary>
    Object,

    /// <summary>Items in order.</summary>
    Array,

    /// <summary>A string; an environment variable is always one.</summary>
    String,

    /// <summary>A number, kept as it was spelt.</summary>
    Number,

    /// <summary>The literal true.</summary>
    True,

    /// <summary>The literal false.</summary>
    False,
}
