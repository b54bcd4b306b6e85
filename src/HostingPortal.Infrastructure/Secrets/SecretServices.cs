using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

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
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, ring) =>
        {
            options.XmlRepository = ring;

            // The ring seals whole elements: nothing is left to encrypt inside them.
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        return services;
    }
}
