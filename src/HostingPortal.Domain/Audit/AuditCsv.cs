using System.Globalization;

namespace HostingPortal.Domain.Audit;

/// <summary>Lines as RFC 4180 says. A field a spreadsheet would take for a formula gets an apostrophe in front.</summary>
public static class AuditCsv
{
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r', '\n'];

    public const string Head = "at,person,acting for,client,action,kind,object,run,detail,address\r\n";

    public static string LineOf(AuditRow row) => string.Join(',', new[]
    {
        row.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), row.ActorName, row.ActingForName, row.ClientName, row.Action, row.ObjectKind, row.ObjectName,
        row.RunId?.ToString(CultureInfo.InvariantCulture), row.Detail, row.RemoteAddress,
    }.Select(Field)) + "\r\n";

    public static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // Spreadsheets trim before they look for a formula.
        var safe = Formula.Contains(text.TrimStart(' ')[..Math.Min(1, text.TrimStart(' ').Length)].FirstOrDefault()) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(',', '"', '\n') || safe.Contains('\r', StringComparison.Ordinal) || safe.Contains(';', StringComparison.Ordinal)
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
