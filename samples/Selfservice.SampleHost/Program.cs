using System.Security.Claims;
using Microsoft.Extensions.Options;
using Selfservice.SampleHost;

try
{
    Build(args).Run();
    return 0;
}
catch (Exception e) when (StartFailure.Sentences(e) is { Count: > 0 } sentences)
{
    foreach (var sentence in sentences)
        Console.Error.WriteLine(sentence);
    return 1;
}

static WebApplication Build(string[] args)
{
    // The slim builder leaves out what this host has no use for (IIS, QUIC, static files); HTTPS may still come from configuration. Settings are read once: a watch for changes of their files
    // would be told of each write to the database beside them, too, which costs a tenth of the processor's time under load.
    var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
    builder.WebHost.UseKestrelHttpsConfiguration();
    // Why it did not start is told above; here it would be told with a trace, first.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    if (builder.Configuration["urls"] is null)
        builder.WebHost.UseUrls("http://127.0.0.1:5080");
    // Off where the pages are served elsewhere.
    var hasPages = builder.Configuration.GetValue("SampleHost:Pages", true);
    // With pages, and where mail can leave, people get back in and prove their addresses. In Development mails are shown at /dev/mail; elsewhere a server is needed. Configuration wins over this.
    var canMail = builder.Environment.IsDevelopment() || builder.Configuration["Selfservice:Courier:Smtp:ConnectionUri"] is not null;
    var selfservice = builder.Services.AddSelfservice(options => options.Flows.Recovery.Enabled = options.Flows.Verification.Enabled = hasPages && canMail)
        // Social sign-in, as soon as there is somebody to sign in with.
        .AddOidc(options => options.Enabled = builder.Configuration.GetSection("Selfservice:Methods:Oidc:Config:Providers").GetChildren().Any())
        .AddOidcJsonnet();
    // Beside other schemes: AddAuthentication().AddSelfservice().
    builder.Services.AddSelfserviceAuthentication();
    builder.Services.AddAuthorization();

    // A kind that exists for tests alone: a generic provider whose ID tokens native apps may submit.
    if (builder.Environment.IsDevelopment() && builder.Configuration.GetValue("SampleHost:TestKinds", false))
        selfservice.AddOidcProviderKind(new() { Name = "fedcm-test", IsOpenId = true, AcceptsIdTokens = true });

    var app = builder.Build();
    // All settings at once, before one of them ends it.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    app.MapSelfservice();
    app.MapSelfserviceOpenApi();

    // Whoever runs this host may create identities from the same machine; nobody else may, and nowhere but in Development.
    if (app.Environment.IsDevelopment())
        app.MapSelfserviceAdmin();

    if (hasPages)
    {
        app.MapSelfserviceUi();
        // Mails without a mail server: what was sent is at /dev/mail.
        if (app.Environment.IsDevelopment())
            app.MapSelfserviceSentMail();
        // Without parameters of their own: binding them would set up JSON at the start, which a host of pages need not wait for.
        app.MapGet("/", context => Results.Redirect("/welcome").ExecuteAsync(context));
        app.MapGet("/members", context => context.Response.WriteAsync($"Only people who are signed in see this. You are {context.User.FindFirstValue("email")}.")).RequireAuthorization();
    }

    app.MapSelfserviceFallback();
    return app;
}
