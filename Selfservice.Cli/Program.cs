using Selfservice.Cli.Jsonnet;

return args is ["jsonnet", .. var rest]
    ? JsonnetCommand.Run(rest, Console.In, Console.Out, Console.Error)
    : JsonnetCommand.ShowUsage(Console.Error);
