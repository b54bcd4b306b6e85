namespace HostingPortal.Domain.Notifications;

public enum NotificationKind
{
    RunFailed,

    /// <summary>A run of the kind that had failed on the same nodes went well.</summary>
    RunRecovered,

    /// <summary>For the first time.</summary>
    NodeReady,

    /// <summary>Differs from what should be, or waits for a person.</summary>
    NodeNeedsCare,

    CertificateFailed,

    /// <summary>Ends within two weeks.</summary>
    CertificateEnding,

    NameVerified,
}
