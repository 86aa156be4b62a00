using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Selfservice.Courier.Tests.Servers;

/// <summary>A mail as the server got it.</summary>
internal sealed record ReceivedMail(
    string From, List<string> To, string Hello, bool Secure, bool Authenticated, Dictionary<string, string> Headers, List<string> Defects, string? Plain, string? Html, int LongestLine);

/// <summary>aiosmtpd of the system's Python. What it took stays in a file when it is killed.</summary>
internal sealed class SmtpServer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Lazy<bool> IsInstalled = new(() =>
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("selfservice-smtp-");
    private readonly List<string> _arguments;
    private ServerProcess? _process;
    private int _port;

    private SmtpServer(string[] arguments)
    {
        if (!IsInstalled.Value)
            Assert.Ignore("The mail server of these tests is not installed: apt-get install python3-aiosmtpd");
        _arguments = [Path.Combine(AppContext.BaseDirectory, "Servers", "smtp_server.py"), "--file", Mails, .. arguments];
    }

    public string Address => $"127.0.0.1:{_port}";

    /// <summary>The mails that it took, in order.</summary>
    public IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            var text = File.Exists(Mails) ? File.ReadAllText(Mails) : "";
            // The last line may still be on its way to the file.
            var whole = text[..(text.LastIndexOf('\n') + 1)];
            return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ReceivedMail>(line, Json)!)];
        }
    }

    private string Mails => Path.Combine(_folder.FullName, "mails.jsonl");

    public static async Task<SmtpServer> StartAsync(params string[] arguments)
    {
        var server = new SmtpServer(arguments);
        await server.ReturnAsync();
        return server;
    }

    /// <summary>The same with a certificate that nobody vouches for.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes of it.")]
    public static async Task<SmtpServer> StartSecureAsync(params string[] arguments)
    {
        var server = new SmtpServer(arguments);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow().AddYears(1));
        var (certificatePath, keyPath) = (Path.Combine(server._folder.FullName, "certificate.pem"), Path.Combine(server._folder.FullName, "key.pem"));
        await File.WriteAllTextAsync(certificatePath, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyPath, key.ExportPkcs8PrivateKeyPem());
        server._arguments.AddRange(["--certificate", certificatePath, "--key", keyPath]);
        await server.ReturnAsync();
        return server;
    }

    /// <summary>Ends it without a good-bye.</summary>
    public void Kill()
    {
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Starts it again on its port.</summary>
    public async Task ReturnAsync()
    {
        _process = await ServerProcess.StartAsync(Python, [.. _arguments, "--port", _port.ToString(CultureInfo.InvariantCulture)]);
        _port = _process.Port;
    }

    public void Dispose()
    {
        Kill();
        _folder.Delete(recursive: true);
    }
}
