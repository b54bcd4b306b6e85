namespace HostingPortal.Infrastructure.Persistence;

/// <summary>Settings below <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>MySQL or MariaDB, MySqlConnector's keys. Empty: the portal runs a private MariaDB in its data folder, for one instance.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>User the private MariaDB runs as when the portal is root.</summary>
    public string PrivateUser { get; set; } = "nobody";

    /// <summary>Folder of the dumps made before migrations; <c>backups</c> in the data folder when not set.</summary>
    public string? BackupFolder { get; set; }

    /// <summary>How long a start waits for the database to answer.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
