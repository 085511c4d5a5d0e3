using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Proxy.Webhooks.Messages;
using Yarp.ReverseProxy.Transforms;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Forwards path and query as the bytes that came in. YARP would decode and encode them again. A provider posts to the same
/// target again and again: the last addresses of a route are kept, with all that the client works out from one.
/// </summary>
internal sealed class RawTargetTransform : RequestTransform
{
    /// <summary>One for each of a few destinations; more than that share. A power of two.</summary>
    private const int KeptAddresses = 8;

    /// <summary>Targets that nobody repeats tend to be long; what is kept is bounded by a route's destinations times this.</summary>
    private const int LongestKeptTarget = 256;

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly Address?[] _kept = new Address?[KeptAddresses];

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        // Routes without verification have no exchange; their target passed the same check.
        var target = context.HttpContext.Features.Get<WebhookExchange>()?.Target
            ?? RequestTarget.ToOriginForm(context.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)!;
        context.ProxyRequest.RequestUri = AddressOf(context.DestinationPrefix, target);
        return ValueTask.CompletedTask;
    }

    private Uri AddressOf(string destination, string target)
    {
        // A destination's prefix is the same object as long as its configuration lives.
        ref var kept = ref _kept[RuntimeHelpers.GetHashCode(destination) & (KeptAddresses - 1)];
        if (kept is { } last && ReferenceEquals(last.Destination, destination) && last.Target == target)
        {
            return last.Uri;
        }

        // A destination's own path stays in front, without the slash that the target begins with.
        var uri = new Uri(string.Concat(destination.AsSpan().TrimEnd('/'), target), AsItIs);
        if (target.Length <= LongestKeptTarget)
        {
            kept = new Address(destination, target, uri);
        }

        return uri;
    }

    private sealed record Address(string Destination, string Target, Uri Uri);
}
