using System.Diagnostics.Metrics;
using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>
/// What happens on one route, one method an event. Events cost an interlocked addition or a histogram's record with one
/// ready-made tag: nothing is allocated, and no label value comes from a request.
/// </summary>
internal sealed class RouteMetrics
{
    /// <summary>The tag of every instrument that counts by route.</summary>
    public const string RouteTag = "route";

    private readonly RouteHistograms _histograms;
    private readonly RouteCounters _counters;
    private readonly SecretCounter[] _secrets;
    private readonly KeyValuePair<string, object?> _route;

    public RouteMetrics(RouteHistograms histograms, string routeId, WebhookPolicy policy, RouteMetrics? previous)
    {
        RouteId = routeId;
        Policy = policy;
        _histograms = histograms;
        _route = new(RouteTag, routeId);
        // The provider is a label of the request counter: another provider is another series, which starts at 0.
        _counters = previous?.Policy.Provider == policy.Provider ? previous._counters : new();
        _secrets = [.. policy.SecretNames.Select(name => previous?.Secret(name) ?? new(name))];
    }

    public string RouteId { get; }

    public WebhookPolicy Policy { get; }

    /// <summary>The secrets in configured order, with their matches so far.</summary>
    public IReadOnlyList<SecretCounter> Secrets => _secrets;

    /// <summary>The counts, which outlive a changed policy.</summary>
    public RouteCounters Counters => _counters;

    /// <summary>How many requests ended like this since the process started.</summary>
    public long Requests(RequestOutcome outcome, Reason reason) => _counters.Requests(new(outcome, reason));

    /// <summary>A request is over. Called once a request, whatever became of it.</summary>
    public void RequestEnded(RequestOutcome outcome, Reason reason) => _counters.AddRequest(new(outcome, reason));

    /// <summary>Verification is decided, either way; <paramref name="duration"/> is without waits for body or store.</summary>
    public void VerificationTook(TimeSpan duration) => _histograms.Verification.Record(duration.TotalSeconds, _route);

    /// <summary>A body arrived whole.</summary>
    public void BodyReceived(long bytes) => _histograms.BodySize.Record(bytes, _route);

    /// <summary>An authentic request was signed <paramref name="age"/> ago, or ahead of our clock when negative.</summary>
    public void SignedTime(TimeSpan age)
    {
        _counters.SignedTimes.Add(age);
        // Two instruments, since a histogram with negative values would have a sum that decreases.
        if (age >= TimeSpan.Zero)
        {
            _histograms.Age.Record(age.TotalSeconds, _route);
        }
        else
        {
            _histograms.Ahead.Record(-age.TotalSeconds, _route);
        }
    }

    /// <summary>The secret at <paramref name="index"/> of the policy's names verified a request.</summary>
    public void SecretMatched(int index, DateTimeOffset now) => _secrets[index].AddMatch(now);

    /// <summary>The replay store was asked.</summary>
    public void ReplayChecked(ReplayCheck result) => _counters.AddReplayCheck(result);

    /// <summary>The upstream's status line arrived.</summary>
    public void UpstreamResponded(int statusCode) => _counters.AddUpstreamResponse(MetricLabels.UpstreamCodeIndex(statusCode));

    /// <summary>The upstream gave no answer: not reached, broken off, or too slow.</summary>
    public void UpstreamFailed() => _counters.AddUpstreamResponse(MetricLabels.UpstreamError);

    /// <summary>The upstream call is over, retries included.</summary>
    public void UpstreamTook(TimeSpan duration) => _histograms.Upstream.Record(duration.TotalSeconds, _route);

    /// <summary>The upstream could not be connected to and is tried again.</summary>
    public void UpstreamRetried() => _counters.AddUpstreamRetry();

    // A pair that the policy should not produce appears as soon as it happens: a count is never lost to a wrong expectation.
    internal IEnumerable<Measurement<long>> ObserveRequests()
    {
        KeyValuePair<string, object?> provider = new("provider", Policy.Provider);
        for (var i = 0; i < RequestSeriesKey.Count; i++)
        {
            var key = RequestSeriesKey.At(i);
            var count = _counters.Requests(key);
            if (count > 0 || RequestSeries.Exists(Policy.Mode, key))
            {
                yield return new(
                    count,
                    _route,
                    provider,
                    new("outcome", MetricLabels.Of(key.Outcome)),
                    new("reason", MetricLabels.Of(key.Reason)));
            }
        }
    }

    internal IEnumerable<Measurement<long>> ObserveReplayChecks() =>
        Policy.Replay.Mode is ReplayMode.Off
            ? []
            : Enum.GetValues<ReplayCheck>().Select(result => new Measurement<long>(
                _counters.ReplayChecks(result), _route, new("result", MetricLabels.Of(result))));

    internal IEnumerable<Measurement<long>> ObserveUpstreamResponses() =>
        MetricLabels.UpstreamCodes.Select((code, index) => new Measurement<long>(
            _counters.UpstreamResponses(index), _route, new("code", code)));

    internal Measurement<long> ObserveUpstreamRetries() => new(_counters.UpstreamRetries, _route);

    internal IEnumerable<Measurement<long>> ObserveSecretMatches() =>
        _secrets.Select(secret => new Measurement<long>(secret.Matches, _route, new("secret", secret.Name)));

    internal IEnumerable<Measurement<double>> ObserveSecretLastMatches() =>
        _secrets.Select(secret => new Measurement<double>(secret.LastMatch, _route, new("secret", secret.Name)));

    internal IEnumerable<Measurement<double>> ObserveMaxAge() =>
        Policy.MaxAge is { } maxAge ? [new(maxAge.TotalSeconds, _route)] : [];

    internal Measurement<long> ObservePolicy() => new(
        1, _route, new("policy", Policy.Name), new("provider", Policy.Provider), new("mode", MetricLabels.Of(Policy.Mode)));

    private SecretCounter? Secret(string name) => Array.Find(_secrets, secret => secret.Name == name);
}
