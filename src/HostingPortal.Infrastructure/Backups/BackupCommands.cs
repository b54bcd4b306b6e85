using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Backups;

/// <summary><c>backup</c> and <c>restore</c> on the portal's own command line, with its own settings.</summary>
internal static class BackupCommands
{
    private const string Usage = """
        backup [--to FOLDER] [--with-key] [--keep N]            N: newest archives that stay in the folder
        restore ARCHIVE [--key FILE] [--replace] [--check]      --check: only say whether it could be done
        """;

    public static IServiceCollection AddBackups(this IServiceCollection services) =>
        services.AddScoped<BackupDatabase>().AddScoped<InventoryBundles>().AddScoped<BackupWriter>().AddScoped<Restore>().AddScoped<Seeding.LargeSeed>();

    /// <returns>Exit code, or null where the arguments name no command.</returns>
    public static async Task<int?> RunAsync(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is ["content-version"])
        {
            Say(services.GetRequiredService<Content.AnsibleContent>().Version);
            return 0;
        }

        if (args is not ["backup" or "restore", .. var rest])
        {
            return null;
        }

        await using var scope = services.CreateAsyncScope();
        try
        {
            await (args[0] == "backup" ? BackUpAsync(scope.ServiceProvider, rest, ct) : RestoreAsync(scope.ServiceProvider, rest, ct));
            return 0;
        }
        catch (Exception e) when (IsPlain(e))
        {
            await Console.Error.WriteLineAsync($"{args[0]}: {e.Message}");
            return 1;
        }
    }

    private static async Task BackUpAsync(IServiceProvider services, string[] args, CancellationToken ct)
    {
        var folder = services.GetRequiredService<DataFolder>().File("backups");
        var (withKey, keep) = (false, 0);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--to" when i + 1 < args.Length:
                    folder = Path.GetFullPath(args[++i]);
                    break;
                case "--keep" when i + 1 < args.Length && int.TryParse(args[i + 1], out keep) && keep > 0:
                    i++;
                    break;
                case "--with-key":
                    withKey = true;
                    break;
                default:
                    throw new BackupException($"'{args[i]}' is not understood.\n{Usage}");
            }
        }

        var archive = await services.GetRequiredService<BackupWriter>().WriteAsync(folder, withKey, Say, ct);
        var old = keep == 0 ? [] : Directory.GetFiles(folder, "hostingportal-*.tar").OrderDescending(StringComparer.Ordinal).Skip(keep).ToList();
        old.ForEach(File.Delete);
        Say($"{archive}: {new FileInfo(archive).Length / 1024} KiB{(old.Count > 0 ? $", {old.Count} older ones deleted" : "")}");
        Say(withKey
            ? "The archive holds the key file: whoever has it has every token, key and password of this portal."
            : $"The key file is not in it. Keep a copy of {services.GetRequiredService<Secrets.SecretKeyring>().Location} where this archive does not go.");
    }

    private static Task RestoreAsync(IServiceProvider services, string[] args, CancellationToken ct)
    {
        var order = new RestoreOrder("", null, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            order = args[i] switch
            {
                "--key" when i + 1 < args.Length => order with { KeyFile = Path.GetFullPath(args[++i]) },
                "--replace" => order with { Replace = true },
                "--check" => order with { CheckOnly = true },
                _ when order.Archive.Length == 0 && !args[i].StartsWith('-') => order with { Archive = Path.GetFullPath(args[i]) },
                _ => throw new BackupException($"'{args[i]}' is not understood.\n{Usage}"),
            };
        }

        return order.Archive.Length > 0 ? services.GetRequiredService<Restore>().RunAsync(order, Say, ct) : throw new BackupException(Usage);
    }

    /// <summary>What can go wrong without a fault of the program: the message is enough.</summary>
    private static bool IsPlain(Exception e) => e is BackupException or InvalidOperationException or OptionsValidationException or HostingPortal.Domain.OutsideException
        or IOException or UnauthorizedAccessException or MySqlConnector.MySqlException or CliWrap.Exceptions.CommandExecutionException;

    private static void Say(string line) => Console.WriteLine(line);
}
