using System.Net;
using System.Net.Sockets;
using System.Text;
using Selfservice.Clients;

namespace Selfservice.Core.Tests.Clients;

/// <summary>Who may choose an address that this host calls wants to reach what only this host reaches. Neither a private address nor a name that means one may get there.</summary>
public sealed class OutboundHttpTests
{
    [TestCase("127.0.0.1")]
    [TestCase("10.1.2.3")]
    [TestCase("172.31.255.255")]
    [TestCase("192.168.0.1")]
    [TestCase("169.254.169.254")]
    [TestCase("100.64.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("255.255.255.255")]
    [TestCase("224.0.0.1")]
    [TestCase("::1")]
    [TestCase("::")]
    [TestCase("fe80::1")]
    [TestCase("fc00::1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::127.0.0.1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("2002:7f00:1::")]
    [TestCase("2001:0:7f00:1::")]
    public void Address_OfNoPublicNetwork_IsRefused(string address) => PublicAddresses.Contain(IPAddress.Parse(address)).ShouldBeFalse();

    [TestCase("1.1.1.1")]
    [TestCase("172.32.0.1")]
    [TestCase("100.128.0.1")]
    [TestCase("2606:4700::1")]
    [TestCase("64:ff9b::101:101")]
    public void Address_OfThePublicNetwork_IsAllowed(string address) => PublicAddresses.Contain(IPAddress.Parse(address)).ShouldBeTrue();

    [Test]
    public async Task Call_OfANameThatMeansAPrivateAddress_NeverConnects()
    {
        using var server = new Receiver("");
        using var http = new OutboundHttp(publicOnly: true, (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        foreach (var host in new[] { "gateway.example.org", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1" })
        {
            var error = await Should.ThrowAsync<HttpRequestException>(() => http.Client.GetAsync(new Uri($"http://{host}:{server.Port}/")));
            error.ToString().ShouldContain("DisallowPrivateIpRanges");
        }

        server.Connections.ShouldBe(0);
    }

    [Test]
    public async Task Call_WherePrivateAddressesAreAllowed_FollowsNoRedirect()
    {
        using var server = new Receiver("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/inner\r\nContent-Length: 0\r\n\r\n");
        using var http = new OutboundHttp(publicOnly: false, (_, _) => throw new InvalidOperationException());
        using var answer = await http.Client.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        server.Connections.ShouldBe(1);
    }

    private sealed class Receiver : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _connections;

        public Receiver(string answer)
        {
            _listener.Start();
            _ = AnswerAsync(Encoding.ASCII.GetBytes(answer));
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Connections => _connections;

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync(byte[] answer)
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                await client.GetStream().WriteAsync(answer);
            }
        }
    }
}
