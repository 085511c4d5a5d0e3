using System.Reflection;
using WebhookVerification.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Configuration;

/// <summary>
/// Finds what YARP's own reader would pass over in silence (a misspelt member) or stop at (a value of the wrong type). What is
/// legal is taken from the types that YARP reads into, so that another version of YARP brings its own members.
/// </summary>
internal sealed class ReverseProxyShape(ProblemList problems)
{
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(365);

    private static readonly (string Name, string Instead)[] UnsupportedOfRoutes =
    [
        (nameof(RouteConfig.AuthorizationPolicy), "senders of webhooks prove themselves by their signature"),
        (nameof(RouteConfig.CorsPolicy), "senders of webhooks are no browsers"),
        ("OutputCachePolicy", "answers to webhooks are not cached"),
        (nameof(RouteConfig.RateLimiterPolicy), "bound a route with its policy's MaxConcurrent"),
        (nameof(RouteConfig.TimeoutPolicy), "bound the upstream's answer with the policy's Upstream.TotalTimeout"),
        (nameof(RouteConfig.Timeout), "bound the upstream's answer with the policy's Upstream.TotalTimeout"),
    ];

    /// <summary>Reports every member that is unknown, not supported here or of the wrong type.</summary>
    public void Check(SettingNode section)
    {
        var reader = new SettingReader(section, problems);
        foreach (var (id, node) in reader.Children("Routes"))
        {
            Name(id, node);
            var route = new SettingReader(node, problems);
            foreach (var (name, instead) in UnsupportedOfRoutes)
            {
                route.Refuse(name, $"'{name}' is not supported by this proxy: {instead}.");
            }

            Members(route, typeof(RouteConfig), [nameof(RouteConfig.RouteId), .. UnsupportedOfRoutes.Select(static one => one.Name)]);
        }

        foreach (var (id, node) in reader.Children("Clusters"))
        {
            Name(id, node);
            Members(new SettingReader(node, problems), typeof(ClusterConfig), [nameof(ClusterConfig.ClusterId)]);
        }

        reader.Done();
    }

    /// <summary>The framework's configuration, which YARP reads from, takes a colon for the end of a name.</summary>
    private void Name(string name, SettingNode node)
    {
        if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal))
        {
            problems.Error(node, $"\"{name}\" is no legal name; expected one or more characters, none of them a colon.");
        }
    }

    private void Members(SettingReader reader, Type type, params string[] except)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!except.Contains(property.Name))
            {
                Member(reader, property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            }
        }

        reader.Done();
    }

    private void Member(SettingReader reader, string name, Type type)
    {
        if (Scalar(reader, name, type))
        {
            return;
        }

        switch (type.GetGenericArguments())
        {
            case [var item]:
                foreach (var node in reader.Items(name))
                {
                    Value(node, item);
                }

                break;
            case [_, var value]:
                foreach (var (key, node) in reader.Children(name))
                {
                    Name(key, node);
                    Value(node, value);
                }

                break;
            default:
                if (reader.Child(name) is { } child)
                {
                    Members(child, type);
                }

                break;
        }
    }

    /// <summary>An item of a list or a value of a map: text, a map of texts (a transform), or an object with members of its own.</summary>
    private void Value(SettingNode node, Type type)
    {
        if (type == typeof(string))
        {
            if (node.Text is null)
            {
                problems.Error(node, "The value is not legal here; expected a string.");
            }

            return;
        }

        var reader = new SettingReader(node, problems);
        if (!type.IsGenericType)
        {
            Members(reader, type);
            return;
        }

        foreach (var text in node.Members.Values)
        {
            Value(text, typeof(string));
        }
    }

    /// <summary>False when the type is not one that YARP reads from one value.</summary>
    private static bool Scalar(SettingReader reader, string name, Type type)
    {
        if (type == typeof(string))
        {
            _ = reader.String(name);
        }
        else if (type == typeof(bool))
        {
            _ = reader.Bool(name);
        }
        else if (type == typeof(int))
        {
            _ = reader.Int(name, int.MinValue);
        }
        else if (type == typeof(long))
        {
            _ = reader.Long(name);
        }
        else if (type == typeof(TimeSpan))
        {
            _ = reader.TimeSpan(name, TimeSpan.Zero, LongestDuration);
        }
        else if (type == typeof(Version))
        {
            _ = reader.OneOf(name, "1.0", "1.1", "1", "2", "2.0", "3", "3.0");
        }
        else if (type == typeof(Uri))
        {
            CheckUri(reader, name);
        }
        else if (type.IsEnum && type.IsDefined(typeof(FlagsAttribute)))
        {
            CheckFlags(reader, name, type);
        }
        else if (type.IsEnum)
        {
            _ = reader.OneOf(name, Enum.GetNames(type));
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void CheckUri(SettingReader reader, string name)
    {
        if (reader.String(name) is { } text && !Uri.TryCreate(text, UriKind.Absolute, out _))
        {
            reader.Problems.Error(reader.Node.Members[name], $"\"{text}\" is no absolute URI.");
        }
    }

    /// <summary>YARP reads flags, such as SslProtocols, from a list of their names.</summary>
    private static void CheckFlags(SettingReader reader, string name, Type type)
    {
        foreach (var item in reader.Items(name))
        {
            if (item.Text is not { } text || !Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                reader.Problems.Error(item, $"\"{item.Text}\" is not legal here; expected one of {string.Join(", ", Enum.GetNames(type))}.");
            }
        }
    }
}
