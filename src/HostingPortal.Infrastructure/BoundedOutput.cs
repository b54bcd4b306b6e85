using System.Buffers;
using System.Text;
using CliWrap;

namespace HostingPortal.Infrastructure;

/// <summary>What a program wrote, cut at a limit: an endless or hostile writer costs no memory.</summary>
internal sealed class BoundedOutput(int limit)
{
    private readonly ArrayBufferWriter<byte> kept = new();

    public string Text => Encoding.UTF8.GetString(kept.WrittenSpan);

    public bool Cut { get; private set; }

    public PipeTarget Target => PipeTarget.Create(async (source, ct) =>
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
        {
            var room = Math.Min(read, limit - kept.WrittenCount);
            kept.Write(buffer.AsSpan(0, room));
            Cut |= room < read;
        }
    });
}
