using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

/// <summary>Serves sample pages for a look at them: run it by name, with the address in SELFSERVICE_PREVIEW.</summary>
[Explicit("For a look at the pages in a browser.")]
internal sealed class Preview
{
    [Test]
    public async Task Serve()
    {
        var url = Environment.GetEnvironmentVariable("SELFSERVICE_PREVIEW") ?? "http://127.0.0.1:5099";
        await using var host = await PageHost.StartAsync(o => (o.ProductName, o.PrivacyUrl, o.HelpUrl) = ("Northwind", "/privacy", "/help"), url: url);
        var wrong = Samples.ManyWaysLogin();
        wrong.AddMessage(Message.Error(4000006, "The provided credentials are invalid, check for spelling mistakes in your password or username, email address, or phone number."));
        wrong.SetValue("identifier", "ada@example.com");
        var weak = Samples.RegistrationStep2(true);
        weak.AddMessage("password", Message.Error(4000032, "The password must be at least 12 characters long, but got 4."));
        var missing = Samples.RegistrationStep1();
        missing.SetValue("traits.email", "ada@");
        missing.AddMessage("traits.email", Message.Error(4000040, "Enter a valid email address"));
        host.Pages.Flow = (kind, id) => PageHost.Found(kind, id switch
        {
            "many" => Samples.ManyWaysLogin(),
            "wrong" => wrong,
            "one" => Samples.RegistrationStep1(),
            "missing" => missing,
            "two" => Samples.RegistrationStep2(true),
            "weak" => weak,
            _ => Samples.PasswordLogin(),
        });
        host.Pages.Errors["0195a000-0000-7000-8000-000000000099"] = new() { Code = 403, Id = "security_csrf_violation", Message = "the request was rejected to protect you", Reason = "The cookie was not sent." };
        host.Pages.Session = FakeFlowPages.NewSession(5, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7", "Berlin, DE", new { email = "ada@example.com", name = new { first = "Ada", last = "Lovelace" } });
        host.Pages.Others.Add(FakeFlowPages.NewSession(3, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1", "198.51.100.24", "London, GB"));
        host.Pages.Others.Add(FakeFlowPages.NewSession(1, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "2001:db8::17"));
        await Task.Delay(TimeSpan.FromMinutes(4), TimeProvider.System);
    }
}
