using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Infrastructure.Git;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Content;

internal static class ContentServices
{
    public static IServiceCollection AddContent(this IServiceCollection services)
    {
        services.AddOptions<ContentOptions>().BindConfiguration(ContentOptions.Section)
            .Validate(o => File.Exists(Path.Combine(Path.GetFullPath(o.Folder, AppContext.BaseDirectory), "galaxy.yml")), "Content:Folder holds no Ansible content (galaxy.yml is missing).")
            .ValidateOnStart();
        return services.AddSingleton<AnsibleContent>().AddSingleton<INodeTemplates, NodeTemplateFiles>().AddSingleton<IVarsWriter, VarsWriter>();
    }
}
