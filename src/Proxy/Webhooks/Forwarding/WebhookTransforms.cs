using Proxy.Webhooks.Replays;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Adds our transforms to every route's, after the operator's own.</summary>
internal sealed class WebhookTransforms(ReplayCheckpoint replays) : ITransformProvider
{
    private static readonly string[] TargetTransforms = ["Path", "Query"];

    public void Apply(TransformBuilderContext context)
    {
        if (KeepsTarget(context.Route.Transforms))
        {
            context.RequestTransforms.Add(new RawTargetTransform());
        }

        context.RequestTransforms.Add(new NoExpectTransform());
        context.ResponseTransforms.Add(new UpstreamAnswerTransform(replays));
    }

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    /// <summary>Whether no transform of the route changes path or query.</summary>
    private static bool KeepsTarget(IReadOnlyList<IReadOnlyDictionary<string, string>>? transforms) =>
        transforms is null || !transforms.SelectMany(static transform => transform.Keys).Any(static key =>
            TargetTransforms.Any(target => key.StartsWith(target, StringComparison.OrdinalIgnoreCase)));
}
