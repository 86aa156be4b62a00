// A host with a bare JSON endpoint beside the real ones, so that a load generator can measure both in one run.
if (args is ["courier"])
{
    await CourierBench.RunAsync();
    return;
}

// What the framework itself takes, to hold the sample host against.
if (args is ["empty"])
{
    var bare = WebApplication.CreateBuilder();
    bare.Services.AddAuthentication();
    bare.Services.AddAuthorization();
    var empty = bare.Build();
    empty.MapGet("/health/ready", context => context.Response.WriteAsync("ok"));
    await empty.RunAsync();
    return;
}

// As the sample host does: what watches settings would be told of each write to the database beside them.
var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
builder.Logging.ClearProviders();
builder.Services.AddSelfservice().AddOidc();
var app = builder.Build();
app.MapGet("/bare", () => new Bare("01a20d83-518c-7979-8b6f-45029b2a72bb", true, "2026-01-05T10:00:00Z", "aal1"));
app.MapSelfservice();
await app.RunAsync();

internal sealed record Bare(string Id, bool Active, string ExpiresAt, string AuthenticatorAssuranceLevel);
