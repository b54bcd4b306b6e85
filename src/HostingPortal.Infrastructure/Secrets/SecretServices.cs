using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Infrastructure.Secrets;

internal static class SecretServices
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddOptions<SecretOptions>().BindConfiguration(SecretOptions.Section);
        services.AddSingleton<SecretKeyring>();
        services.AddSingleton<ISecretStore, SecretStore>();
        services.AddSingleton<SecretCheck>();
        services.AddSingleton<IKeyGenerator, SshKeyGenerator>();

        services.AddDataProtection().SetApplicationName("HostingPortal");
        services.AddSingleton<IXmlRepository, DataProtectionRing>();
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, ring) => options.XmlRepository = ring);

        // The manager warns that no XML encryptor is set: DataProtectionRing seals whole elements instead.
        return services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
    }
}
