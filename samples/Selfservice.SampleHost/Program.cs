using System.Security.Claims;

// The slim builder leaves out what this host has no use for (IIS, QUIC, static files); HTTPS may still come from configuration.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration();
if (builder.Configuration["urls"] is null)
    builder.WebHost.UseUrls("http://127.0.0.1:5080");
// Off where the pages are served elsewhere.
var hasPages = builder.Configuration.GetValue("SampleHost:Pages", true);
// With pages, and where mail can leave, people get back in and prove their addresses. In Development mails are shown at /dev/mail; elsewhere a server is needed. Configuration wins over this.
var canMail = builder.Environment.IsDevelopment() || builder.Configuration["Selfservice:Courier:Smtp:ConnectionUri"] is not null;
builder.Services.AddSelfservice(options => options.Flows.Recovery.Enabled = options.Flows.Verification.Enabled = hasPages && canMail);
// Beside other schemes: AddAuthentication().AddSelfservice().
builder.Services.AddSelfserviceAuthentication();
builder.Services.AddAuthorization();

var app = builder.Build();
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
    app.MapGet("/", () => Results.Redirect("/welcome"));
    app.MapGet("/members", (ClaimsPrincipal user) => $"Only people who are signed in see this. You are {user.FindFirstValue("email")}.").RequireAuthorization();
}

app.MapSelfserviceFallback();
app.Run();
