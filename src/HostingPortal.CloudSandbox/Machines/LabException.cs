namespace HostingPortal.CloudSandbox.Machines;

/// <summary>The lab could not do what was asked; the message is a sentence for the person who started it.</summary>
internal sealed class LabException(string message) : Exception(message);
