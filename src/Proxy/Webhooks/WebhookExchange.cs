using System.Buffers;
using Proxy.Webhooks.Body;
using Proxy.Webhooks.Forwarding;
using Proxy.Webhooks.Messages;
using Proxy.Webhooks.Replays;
using WebhookVerification;

namespace Proxy.Webhooks;

/// <summary>
/// One request on its way through the house: what was found out about it so far. A feature of the request from the first check
/// to the last; kept and used for one request after the other.
/// </summary>
internal sealed class WebhookExchange(BufferedBody body) : IWebhookRequest
{
    private HttpContext? _context;
    private bool _entered;

    public BufferedBody Body { get; } = body;

    public Evidence Evidence { get; } = new();

    /// <summary>The headers that count for the request's fingerprint, found while they were cleaned.</summary>
    public DispatchHeaders DispatchHeaders { get; } = new();

    /// <summary>Room for what a fingerprint is made of.</summary>
    public ArrayBufferWriter<byte> Fingerprint { get; } = new(512);

    public UpstreamTries Tries { get; } = new();

    public HttpContext Context => _context!;

    public WebhookRoute Route { get; private set; } = null!;

    /// <summary>Path and query as received: what is verified is what is forwarded.</summary>
    public string Target { get; private set; } = "";

    /// <summary>What the names of its headers are made of.</summary>
    public NameScan Names { get; set; }

    /// <summary>When the headers were complete.</summary>
    public long Started { get; private set; }

    /// <summary>The first check that failed and was only to be reported; the request is forwarded all the same.</summary>
    public Reason Noted { get; private set; }

    /// <summary>The claim that is still to be settled; null where there is none.</summary>
    public ReplayHold? Hold { get; set; }

    /// <summary>Ends the call to the upstream; null while there is none.</summary>
    public UpstreamDeadline? Deadline { get; set; }

    /// <summary>Whether a secret of the policy has signed it, and in time. False until that is known.</summary>
    public bool IsVerified { get; set; }

    /// <summary>Whether it is forwarded although its signature or signed time failed.</summary>
    public bool IsRelaxed { get; private set; }

    string IWebhookRequest.Method => Context.Request.Method;

    public void Begin(HttpContext context, WebhookRoute route, string target, long started)
    {
        _context = context;
        Route = route;
        Target = target;
        Started = started;
        context.Features.Set(this);
    }

    /// <summary>Takes one of the route's places in flight, until the end; false when there is none.</summary>
    public bool TryEnter() => _entered = Route.TryEnter();

    /// <summary>In report mode, notes a failed check and lets the request pass; else says false.</summary>
    public bool Relax(Reason reason)
    {
        if (Route.Policy.Mode != PolicyMode.Report)
        {
            return false;
        }

        Noted = reason;
        IsRelaxed = true;
        return true;
    }

    /// <summary>Notes a time inside the body that is outside its window, where that is only to be reported: the request is authentic.</summary>
    public void NoteBodyTime(VerificationOutcome bodyTime)
    {
        if (bodyTime is not (VerificationOutcome.NotVerified or VerificationOutcome.Verified))
        {
            Noted = bodyTime.ToReason();
        }
    }

    int IWebhookRequest.GetHeader(string name, out string? value)
    {
        var values = Context.Request.Headers[name];
        value = values.Count == 0 ? null : values[0];
        return values.Count == 0 || Names == NameScan.Plain ? values.Count : CountAlike(name);
    }

    /// <summary>How many lines there are that an upstream may take for the header, itself among them.</summary>
    private int CountAlike(string name)
    {
        var lines = 0;
        foreach (var (other, values) in Context.Request.Headers)
        {
            lines += CgiName.AreSame(other, name) ? values.Count : 0;
        }

        return lines;
    }

    /// <summary>Forgets the request. The exchange may then serve another.</summary>
    public void End()
    {
        if (_entered)
        {
            Route.Leave();
        }

        _context?.Features.Set<WebhookExchange>(null);
        Body.Release();
        Evidence.Clear();
        DispatchHeaders.Clear();
        _entered = false;
        IsVerified = false;
        IsRelaxed = false;
        _context = null;
        Route = null!;
        Target = "";
        Names = NameScan.None;
        Noted = Reason.None;
        Hold = null;
    }
}
