var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null)
    builder.WebHost.UseUrls("http://127.0.0.1:5080");
builder.Services.AddSelfservice();

var app = builder.Build();
app.MapSelfservice();
if (app.Configuration.GetValue("SampleHost:Pages", true))
{
    app.MapSelfserviceUi();
    app.MapGet("/", () => Results.Redirect("/welcome"));
}

if (app.Environment.IsDevelopment())
    app.MapSelfserviceAdmin();
app.MapSelfserviceFallback();
app.Run();
