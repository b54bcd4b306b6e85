using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;
using HostingPortal.Infrastructure.Git;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Executors;

internal static class ExecutorServices
{
    public static IServiceCollection AddExecutor(this IServiceCollection services)
    {
        services.AddOptions<ExecutorOptions>().BindConfiguration(ExecutorOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExecutorOptions>, ExecutorOptionsCheck>();
        services.AddSingleton<SshFiles>().AddSingleton<ExecutorConnection>().AddSingleton<ExecutorProgram>().AddSingleton<ExecutorSetup>();
        services.AddSingleton<InventoryClone>();
        services.AddSingleton<Executors>().AddSingleton<IExecutors>(provider => provider.GetRequiredService<Executors>());
        return services.AddSingleton<IExecutor, SshExecutor>().AddSingleton<IInventoryStore, GitInventoryStore>();
    }
}
