// What ours is compared with: YARP as its template has it, and the least that Kestrel can do to refuse.
// The destination, the address and the secret come from the command line: --mode, --urls, --secret, --ReverseProxy:…
using Stock;

switch (new ConfigurationBuilder().AddCommandLine(args).Build()["mode"])
{
    case "forward":
        Template.Run(args, static _ => { });
        break;
    case "forward-with-meters":
        using (FrameworkMeters.Export())
        {
            Template.Run(args, static _ => { });
        }

        break;
    case "forward-with-hmac":
        Template.Run(args, static app => app.Use(BodyHmac.Check(app.Configuration["secret"]!)));
        break;
    case "refuse":
        Bare.Run(args, static _ => Bare.Refuse);
        break;
    case "refuse-after-hmac":
        Bare.Run(args, static configuration =>
        {
            var check = BodyHmac.Check(configuration["secret"]!);
            return context => check(context, () => Task.CompletedTask);
        });
        break;
    default:
        throw new ArgumentException("--mode is forward, forward-with-meters, forward-with-hmac, refuse or refuse-after-hmac.");
}
