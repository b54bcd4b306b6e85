using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CliWrap;
using HostingPortal.Domain;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>Streams the bytes of one run. At most a quarter of a megabyte waits here: a slow reader slows the executor's sender down.</summary>
internal static class RunFollower
{
    private const int BufferBytes = 32 * 1024;
    private const int WaitingBuffers = 8;
    private const int LargestErrors = 16 * 1024;

    /// <summary>The executor's answer instead of events, or behind them, begins so; events begin with their number.</summary>
    private static ReadOnlySpan<byte> ErrorStart => "{\"error\""u8;

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Command command, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffers = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(WaitingBuffers) { SingleReader = true, SingleWriter = true });
        var errors = new BoundedOutput(LargestErrors);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ended = RunAsync(command, buffers.Writer, errors, stop.Token);
        ReadOnlyMemory<byte> refusal = default;
        var lineBegins = true;
        try
        {
            await foreach (var buffer in buffers.Reader.ReadAllAsync(ct))
            {
                var answer = refusal.IsEmpty ? AnswerIn(buffer.Span, lineBegins) : 0;
                if (answer > 0)
                {
                    yield return buffer[..answer];
                }

                if (answer < 0)
                {
                    yield return buffer;
                }
                else
                {
                    refusal = (byte[])[.. refusal.Span, .. buffer.Span[answer..]];
                }

                lineBegins = buffer.Span[^1] == '\n';
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        var exitCode = await ended;
        if (exitCode != 0)
        {
            throw ExecutorFaults.From(exitCode, System.Text.Encoding.UTF8.GetString(refusal.Span), errors.Text);
        }
    }

    /// <summary>Where the executor's answer begins, or -1.</summary>
    /// <param name="lineBegins">Whether the buffer's first byte is the first of a line: inside of one stands what an event says.</param>
    private static int AnswerIn(ReadOnlySpan<byte> buffer, bool lineBegins)
    {
        var line = buffer.TrimEnd((byte)'\n').LastIndexOf((byte)'\n') + 1;
        return (line > 0 || lineBegins) && buffer[line..].StartsWith(ErrorStart) ? line : -1;
    }

    private static async Task<int> RunAsync(Command command, ChannelWriter<ReadOnlyMemory<byte>> buffers, BoundedOutput errors, CancellationToken ct)
    {
        try
        {
            var result = await command
                .WithStandardOutputPipe(PipeTarget.Create((source, token) => PumpAsync(source, buffers, token)))
                .WithStandardErrorPipe(errors.Target)
                .ExecuteAsync(ct);
            return result.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            buffers.TryComplete();
        }
    }

    private static async Task PumpAsync(Stream source, ChannelWriter<ReadOnlyMemory<byte>> buffers, CancellationToken ct)
    {
        while (true)
        {
            var buffer = new byte[BufferBytes];
            var read = await source.ReadAsync(buffer, ct);
            if (read == 0)
            {
                return;
            }

            await buffers.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
