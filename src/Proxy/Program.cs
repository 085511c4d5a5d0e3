using Proxy.Commands;

return await CommandLine.Create().RunAsync(args);
