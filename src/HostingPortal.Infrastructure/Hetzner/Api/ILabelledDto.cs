namespace HostingPortal.Infrastructure.Hetzner.Api;

internal interface ILabelledDto
{
    long Id { get; }

    IReadOnlyDictionary<string, string>? Labels { get; }
}
