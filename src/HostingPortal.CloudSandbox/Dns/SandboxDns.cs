using System.Net;
using ARSoft.Tools.Net.Dns;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Dns;

/// <summary>The DNS server over the sandbox's zones, for this machine on loopback and for servers on the gateway. It asks nobody else.</summary>
internal sealed class SandboxDns(LabOptions options, LabSlot lab, LabInfo info, ZoneAnswers answers, ILogger<SandboxDns> logger)
    : IHostedService, IDisposable
{
    private const int Timeout = 5000;
    private DnsServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var port = options.DnsPort != 0 ? options.DnsPort : FreePorts.One();
        List<IPEndPoint> places = [new(IPAddress.Loopback, port)];
        if (options.Machines)
        {
            (info.GatewayIpv4, info.GatewayIpv6) = (lab.Slot.GatewayIpv4, lab.Slot.GatewayIpv6);
            places.Add(new IPEndPoint(IPAddress.Parse(lab.Slot.GatewayIpv4), LabPorts.Dns));
            places.Add(new IPEndPoint(IPAddress.Parse(lab.Slot.GatewayIpv6), LabPorts.Dns));
        }

        _server = new DnsServer(
        [
            .. places.Select(place => new UdpServerTransport(place, Timeout)),
            .. places.Select(place => new TcpServerTransport(place, Timeout, Timeout)),
        ]);
        _server.QueryReceived += OnQueryAsync;
        _server.ExceptionThrown += (_, failure) =>
        {
            logger.LogWarning(failure.Exception, "A DNS question could not be answered");
            return Task.CompletedTask;
        };
        _server.Start();
        info.Dns = $"127.0.0.1:{port}";
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _server?.Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => (_server as IDisposable)?.Dispose();

    private Task OnQueryAsync(object sender, QueryReceivedEventArgs received)
    {
        if (received.Query is not DnsMessage query)
        {
            return Task.CompletedTask;
        }

        var response = query.CreateResponseInstance();
        if (query.Questions is [var question])
        {
            var answer = answers.Answer(question.Name.ToString(), question.RecordType);
            response.ReturnCode = answer.Code;
            response.IsAuthoritiveAnswer = answer.Authoritative;
            response.AnswerRecords.AddRange(answer.Answers);
            response.AuthorityRecords.AddRange(answer.Authority);
        }
        else
        {
            response.ReturnCode = ReturnCode.FormatError;
        }

        received.Response = response;
        return Task.CompletedTask;
    }
}
