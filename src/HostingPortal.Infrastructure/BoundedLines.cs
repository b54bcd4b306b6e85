using System.Text;
using CliWrap;

namespace HostingPortal.Infrastructure;

/// <summary>Hands on what a program writes line by line; a line longer than the limit is cut there.</summary>
internal static class BoundedLines
{
    private const int LongestLine = 2000;

    public static PipeTarget To(Action<string> line) => PipeTarget.Create(async (source, ct) =>
    {
        using var reader = new StreamReader(source, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer, ct)) > 0;)
        {
            foreach (var c in buffer.AsSpan(0, read))
            {
                if (c == '\n')
                {
                    line(text.ToString());
                    text.Clear();
                }
                else if (c != '\r' && text.Length < LongestLine)
                {
                    text.Append(c);
                }
            }
        }

        if (text.Length > 0)
        {
            line(text.ToString());
        }
    });
}
