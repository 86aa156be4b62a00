using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Selfservice.Courier.Tests.Servers;

namespace Selfservice.Courier.Tests.Smtp;

/// <summary>Against a mail server that others wrote.</summary>
public sealed class SmtpChannelTests
{
    [Test]
    public async Task Mail_OverStartTlsWithSignIn_ArrivesWhole()
    {
        using var server = await SmtpServer.StartSecureAsync("--user", "us:er", "--password", "p@ss word");
        await using var host = Host($"smtp://us%3Aer:p%40ss%20word@{server.Address}/?skip_ssl_verify=true", new()
        {
            ["Courier:Smtp:FromName"] = "Zoë, \"Ada\" & Co.",
            ["Courier:Smtp:LocalName"] = "app.example.org",
            ["Courier:Smtp:Headers:X-Campaign"] = "Größe 7",
            ["Courier:Smtp:Headers:Cc"] = "Office <office@example.org>",
            ["Courier:Smtp:Headers:Bcc"] = "archive@example.org",
        });
        var message = await host.PostAsync();
        await host.DeliverAsync();

        (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldBeNull();
        var mail = server.Received.ShouldHaveSingleItem();
        (mail.Secure, mail.Authenticated, mail.Hello, mail.From).ShouldBe((true, true, "app.example.org", "lab@example.org"));
        mail.To.ShouldBe(["ada@example.org", "archive@example.org", "office@example.org"]);
        mail.Defects.ShouldBeEmpty();
        mail.Headers["From"].ShouldBe("\"Zoë, \\\"Ada\\\" & Co.\" <lab@example.org>");
        mail.Headers["Subject"].ShouldBe("Use code 048151 to recover access to your account");
        mail.Headers["Message-ID"].ShouldBe($"<{message.Id:N}@example.org>");
        mail.Headers["Date"].ShouldBe("Wed, 02 Jan 2030 03:04:05 +0000");
        mail.Headers["X-Campaign"].ShouldBe("Größe 7");
        mail.Headers.ShouldNotContainKey("Bcc");
        mail.Plain.ShouldNotBeNull().ReplaceLineEndings("\n").TrimEnd().ShouldBe(message.Body.TrimEnd());
        mail.Html.ShouldNotBeNull().ShouldContain("""<p class="code">048151</p>""");
        mail.LongestLine.ShouldBeLessThanOrEqualTo(78);
    }

    [Test]
    public async Task Mail_OverTlsFromTheStart_Arrives()
    {
        using var server = await SmtpServer.StartSecureAsync("--implicit");
        await using var host = Host($"smtps://{server.Address}/?skip_ssl_verify=true");
        await host.PostAsync();
        await host.DeliverAsync();
        server.Received.ShouldHaveSingleItem().Headers["To"].ShouldBe("ada@example.org");
    }

    [TestCase("smtp", "")]
    [TestCase("smtps", "--implicit")]
    public async Task Mail_ToAServerWhoseCertificateNobodyVouchesFor_DoesNotLeave(string scheme, string mode)
    {
        using var server = await SmtpServer.StartSecureAsync([.. new[] { mode }.Where(m => m.Length > 0)]);
        await using var host = Host($"{scheme}://{server.Address}/");
        await FailsAsync(host, "certificate");
        server.Received.ShouldBeEmpty();
    }

    [Test]
    public async Task Mail_ToAServerWithoutStartTls_DoesNotLeave()
    {
        using var server = await SmtpServer.StartAsync();
        await using var host = Host($"smtp://{server.Address}/");
        await FailsAsync(host, "does not offer STARTTLS");
        server.Received.ShouldBeEmpty();
    }

    [Test]
    public async Task Mail_WithAWrongPassword_IsTriedAgainBecauseTheSettingsAreWrong()
    {
        using var server = await SmtpServer.StartSecureAsync("--user", "user", "--password", "right");
        await using var host = Host($"smtp://user:wrong@{server.Address}/?skip_ssl_verify=true");
        await FailsAsync(host, "AUTH: 535");
        host.Logs.Lines.ShouldNotContain(line => line.Text.Contains("wrong", StringComparison.Ordinal));
    }

    [Test]
    public async Task Mail_OfABatch_SharesConnectionsAndArrivesOnce()
    {
        using var server = await SmtpServer.StartAsync();
        await using var host = Host($"smtp://{server.Address}/?disable_starttls=true");
        foreach (var i in Enumerable.Range(0, 25))
            await host.PostAsync($"person{i}@example.org");
        await host.DeliverAsync();
        server.Received.Select(m => m.To.Single()).Order().ShouldBe(Enumerable.Range(0, 25).Select(i => $"person{i}@example.org").Order());
    }

    [Test]
    public async Task Mail_ThatTheServerRefusesForGood_IsAbandonedAtOnce()
    {
        using var server = await SmtpServer.StartAsync("--refuse", "nobody");
        await using var host = Host($"smtp://{server.Address}/?disable_starttls=true");
        var message = await host.PostAsync("nobody@example.org");
        await host.DeliverAsync();
        (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Abandoned);
        var error = (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull();
        (error.Code, error.Message, error.Reason).ShouldBe((500, "failed to send email via smtp", "RCPT: 550 5.1.1 no such mailbox"));
    }

    [Test]
    public async Task Mail_ThatTheServerRefusesForNow_IsTriedAgain()
    {
        using var server = await SmtpServer.StartAsync("--busy", "ada");
        await using var host = Host($"smtp://{server.Address}/?disable_starttls=true");
        await FailsAsync(host, "RCPT: 451");
    }

    [TestCase("jörg@example.org", true)]
    [TestCase("jörg@example.org", false)]
    [TestCase("joerg@bücher.example", false)]
    public async Task Mail_ToAnAddressBeyondAscii_ArrivesWhereTheServerTakesIt(string recipient, bool utf8)
    {
        using var server = await SmtpServer.StartAsync([.. new[] { "--utf8" }.Where(_ => utf8)]);
        await using var host = Host($"smtp://{server.Address}/?disable_starttls=true");
        var message = await host.PostAsync(recipient);
        await host.DeliverAsync();
        if (utf8)
            server.Received.ShouldHaveSingleItem().To.ShouldBe(["jörg@example.org"]);
        else if (recipient.StartsWith("joerg", StringComparison.Ordinal))
            server.Received.ShouldHaveSingleItem().To.ShouldBe(["joerg@xn--bcher-kva.example"]);
        else
            (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Abandoned);
    }

    /// <summary>A value with line ends in it would begin headers or a second mail of its own; each place that a value can come from is tried.</summary>
    [TestCase("x\r\nBcc: eve@example.org")]
    [TestCase("x\nBcc: eve@example.org")]
    [TestCase("x\r\n.\r\nMAIL FROM:<eve@example.org>\r\nRCPT TO:<eve@example.org>\r\nDATA\r\nsecond")]
    [TestCase("x\u2028y\u2029Bcc: z\u0085\0")]
    public async Task Mail_WithLineEndsInItsValues_StaysOneMail(string evil)
    {
        using var server = await SmtpServer.StartAsync();
        await using var host = Host($"smtp://{server.Address}/?disable_starttls=true");
        await host.PostAsync(data: new JsonObject { ["recovery_code"] = evil, ["expires_in_minutes"] = evil });
        await host.DeliverAsync();
        var mail = server.Received.ShouldHaveSingleItem();
        mail.To.ShouldBe(["ada@example.org"]);
        mail.Defects.ShouldBeEmpty();
        mail.Headers.Keys.Order().ShouldBe(["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]);
        (await host.Courier.ComposeAsync(new() { Template = CourierTemplate.RecoveryInvalid, Channel = MessageChannel.Email, Recipient = $"a@example.org{evil}", Data = [] }, CancellationToken.None)).ShouldBeNull();
    }

    [Test]
    public async Task Mail_WhoseLinesBeginWithDots_ArrivesAsItIs()
    {
        using var server = await SmtpServer.StartAsync();
        const string text = ".\r\n..\r\n.x\r\nend with blank \r\n=20 =\r\n";
        await using var host = Host(
            $"smtp://{server.Address}/?disable_starttls=true",
            new() { ["Courier:Templates:RecoveryCode:Valid:Email:Body:Plaintext"] = "base64://" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)) });
        await host.PostAsync();
        await host.DeliverAsync();
        server.Received.ShouldHaveSingleItem().Plain.ShouldNotBeNull().ReplaceLineEndings("\r\n").ShouldBe(text);
    }

    /// <summary>A server that scans a mail before it answers has the mail already: whoever gives up sends it again, and the person gets it several times.</summary>
    [Test]
    public async Task Mail_WhoseTextIsScannedForLong_IsSentOnce()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var host = Host($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/?disable_starttls=true");
        var message = await host.PostAsync();
        var delivery = host.DeliverAsync();
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 slow");
        foreach (var command in new[] { "EHLO", "MAIL", "RCPT", "DATA" })
        {
            (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith(command);
            await writer.WriteLineAsync(command == "DATA" ? "354 go on" : "250 fine");
        }

        while (await reader.ReadLineAsync() is not ".")
        {
            // The text.
        }

        // The steps have 10 seconds each, the attempt 30; give the client the time to wait for the answer before the clock moves.
        for (var second = 0; second < 29; second++)
        {
            await Task.Yield();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await writer.WriteLineAsync("250 clean");
        await delivery;
        (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Sent);
    }

    private static CourierHost Host(string uri, Dictionary<string, string?>? settings = null) =>
        new(new(settings ?? []) { ["Courier:Smtp:ConnectionUri"] = uri, ["Courier:Smtp:FromAddress"] = "lab@example.org" });

    private static async Task FailsAsync(CourierHost host, string reason)
    {
        var message = await host.PostAsync();
        await host.DeliverAsync();
        (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Queued);
        (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Reason.ShouldNotBeNull().ShouldContain(reason);
    }
}
