using Microsoft.AspNetCore.Http.Features;
using Proxy.Telemetry;
using Proxy.Webhooks.Capturing;
using Proxy.Webhooks.Forwarding;
using Proxy.Webhooks.Handshakes;
using Proxy.Webhooks.Messages;
using Proxy.Webhooks.Refusals;
using Proxy.Webhooks.Replays;
using Proxy.Webhooks.Sources;
using WebhookVerification;
using WebhookVerification.Handshakes;

namespace Proxy.Webhooks;

/// <summary>
/// The guard. Runs on YARP's route before a destination is chosen, so that a forgery never touches one. The checks stand in
/// the order of their cost: those that the headers decide come first, and without a single await.
/// </summary>
internal sealed class WebhookMiddleware(
    RequestDelegate next,
    WebhookExchangePool exchanges,
    ReplayCheckpoint replays,
    UpstreamCall upstream,
    HandshakeResponder handshakes,
    RefusalWriter refusals,
    RequestCapture capture,
    TimeProvider clock)
{
    public Task Invoke(HttpContext context)
    {
        var started = clock.GetTimestamp();
        var route = WebhookRouteMetadata.RouteOf(context);
        ForwardedFor.Apply(context, route.TrustedProxies);
        var target = RequestTarget.ToOriginForm(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (Reject(context, route, target) is not Reason.None and var reason)
        {
            return refusals.RefuseAsync(context, route, reason, bodyIsRead: false);
        }

        if (route.Policy.Verifier is not { } verifier)
        {
            if (ForwardedHeaders.Clean(context.Request.Headers, watched: [], found: null) == NameScan.Framing)
            {
                return refusals.RefuseAsync(context, route, Reason.RequestMalformed, bodyIsRead: false);
            }

            capture.Unread(context, route);
            return UnverifiedForward.Start(context, route, next);
        }

        var exchange = exchanges.Get();
        exchange.Begin(context, route, target!, started);

        // Before anything is verified: what is judged has to be what the upstream gets.
        exchange.Names = ForwardedHeaders.Clean(context.Request.Headers, route.DispatchHeaders, exchange.DispatchHeaders);
        if (exchange.Names == NameScan.Framing)
        {
            exchanges.Return(exchange);
            return refusals.RefuseAsync(context, route, Reason.RequestMalformed, bodyIsRead: false);
        }

        if (verifier.AnswerUnsigned(exchange, exchange.Evidence) is { Outcome: not HandshakeOutcome.NotAHandshake } handshake)
        {
            var answered = handshakes.RespondAsync(exchange, handshake, bodyIsRead: false);
            exchanges.Return(exchange);
            return answered;
        }

        if (route.Policy.IsForHandshakesOnly(context.Request.Method))
        {
            exchanges.Return(exchange);
            return refusals.RefuseAsync(context, route, Reason.HandshakeFailed, bodyIsRead: false);
        }

        reason = verifier.Preflight(exchange, exchange.Evidence, clock.GetUtcNow()).ToReason();
        var took = clock.GetElapsedTime(started);
        if (reason == Reason.None)
        {
            return GuardAsync(exchange, verifier, took);
        }

        route.Metrics.VerificationTook(took);
        Tracing.FailedPreflight(reason, took);
        if (exchange.Relax(reason))
        {
            return GuardAsync(exchange, verifier, took);
        }

        exchanges.Return(exchange);
        return refusals.RefuseAsync(context, route, reason, bodyIsRead: false);
    }

    private static Reason Reject(HttpContext context, WebhookRoute route, string? target) =>
        target is null ? Reason.TargetMalformed
        : !RequestShape.IsWellFormed(context) ? Reason.RequestMalformed
        : !route.Admits(context.Connection.RemoteIpAddress) ? Reason.SourceNotAllowed
        : Reason.None;

    private async Task GuardAsync(WebhookExchange exchange, WebhookVerifier verifier, TimeSpan took)
    {
        var (context, route) = (exchange.Context, exchange.Route);
        try
        {
            var reason = await exchange.Body.ReadAsync(context, route, exchange.Started);
            if (reason != Reason.None)
            {
                await refusals.RefuseAsync(context, route, reason, bodyIsRead: false);
                return;
            }

            route.Metrics.BodyReceived(exchange.Body.Content.Length);
            capture.Received(exchange);
            reason = exchange.IsRelaxed ? Reason.None : Verify(exchange, verifier, took);
            if (reason == Reason.None && exchange.IsVerified)
            {
                var handshake = verifier.AnswerSigned(exchange, exchange.Evidence, exchange.Body.Content);
                if (handshake.Outcome != HandshakeOutcome.NotAHandshake)
                {
                    await handshakes.RespondAsync(exchange, handshake, bodyIsRead: true);
                    return;
                }
            }

            reason = reason == Reason.None ? await AdmitAsync(exchange) : reason;
            if (reason == Reason.Duplicate && route.Policy.Replay.AcknowledgeDuplicates)
            {
                await refusals.AcknowledgeAsync(context, route);
            }
            else if (reason != Reason.None)
            {
                await refusals.RefuseAsync(context, route, reason, bodyIsRead: true);
            }
            else
            {
                await upstream.ForwardAsync(exchange, next);
                var outcome = exchange.Noted == Reason.None ? RequestOutcome.Verified : RequestOutcome.Reported;
                route.Ended(outcome, exchange.Noted);
            }
        }
        finally
        {
            try
            {
                await ReplayCheckpoint.ReleaseAsync(exchange);
            }
            finally
            {
                exchanges.Return(exchange);
            }
        }
    }

    /// <summary>Only what got this far takes a place in flight: places that forgers can take are places that honest senders lack.</summary>
    private ValueTask<Reason> AdmitAsync(WebhookExchange exchange) =>
        !exchange.TryEnter() ? new(Reason.Overloaded)
        : exchange.IsVerified ? replays.ClaimAsync(exchange)
        : new(Reason.None);

    private Reason Verify(WebhookExchange exchange, WebhookVerifier verifier, TimeSpan took)
    {
        var metrics = exchange.Route.Metrics;
        using var span = Tracing.Source.StartActivity(Tracing.Verify);
        var started = clock.GetTimestamp();
        var result = verifier.Verify(exchange, exchange.Evidence, exchange.Body.Content);
        metrics.VerificationTook(took + clock.GetElapsedTime(started));
        span?.SetTag(Tracing.ReasonTag, MetricLabels.Of(result.Outcome.ToReason()));
        if (!result.IsVerified)
        {
            var reason = result.Outcome.ToReason();
            return exchange.Relax(reason) ? Reason.None : reason;
        }

        exchange.IsVerified = true;
        exchange.NoteBodyTime(result.BodyTime);
        var now = clock.GetUtcNow();
        metrics.SecretMatched(result.SecretIndex, now);
        if (exchange.Evidence.SignedTime is { } signed)
        {
            metrics.SignedTime(now - signed);
        }

        return Reason.None;
    }
}
