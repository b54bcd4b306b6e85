namespace HostingPortal.Launcher;

/// <summary>Something did not start or did not hold; the message says what and what to do.</summary>
internal sealed class LaunchException(string message) : Exception(message);
