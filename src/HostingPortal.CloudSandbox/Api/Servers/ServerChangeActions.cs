using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.Api.Images;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Rebuild, rescale, protection, reverse names, backups and the root password.</summary>
internal sealed class ServerChangeActions(ServerMachines machines, ServerViews views, ServerTypeCatalogue types, BootableImages images) : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/servers/{id}/actions/rebuild", Rebuild);
        routes.Post("/servers/{id}/actions/change_type", ChangeType);
        routes.Post("/servers/{id}/actions/change_protection", ChangeProtection);
        routes.Post("/servers/{id}/actions/change_dns_ptr", ChangeReverseName);
        routes.Post("/servers/{id}/actions/reset_password", ResetPassword);
        routes.Post("/servers/{id}/actions/enable_backup", call => SetBackup(call, "enable_backup", "22-02"));
        routes.Post("/servers/{id}/actions/disable_backup", call => SetBackup(call, "disable_backup", null));
    }

    private Reply Rebuild(ApiCall call)
    {
        var server = ServerResource.FindUnlocked(call);
        var wanted = call.Body.IdOrName("image", required: true);
        var userData = call.Body.Text("user_data");
        call.Body.Check();
        var type = ServerTypeCatalogue.Get(server.ServerType);
        var image = ImageResource.Find(wanted!, type.Architecture) ?? throw ApiErrors.NotFound("image", wanted!);
        images.RequireUsable(image, type);
        if (server.RebuildProtected)
        {
            throw ApiErrors.Protected("server", "rebuild");
        }

        var password = server.SshPublicKeys.Count == 0 ? Passwords.New() : null;
        call.Effect(() =>
        {
            server.Image = image.Name;
            server.UserData = userData ?? server.UserData;
            server.RootPassword = password;
            server.Status = ServerStatus.Rebuilding;
        });
        var project = call.Project;
        var action = call.Start("rebuild_server", On(server), ct => machines.RebuildAsync(project, server, ct));
        return Reply.Created(new { Action = ActionViews.View(action), RootPassword = password });
    }

    private Reply ChangeType(ApiCall call)
    {
        var server = ServerResource.FindUnlocked(call);
        var wanted = call.Body.IdOrName("server_type", required: true);
        var growDisk = call.Body.Flag("upgrade_disk", required: true);
        call.Body.Check();
        var type = types.Find(wanted!) ?? throw ApiErrors.NotFound("server_type", wanted!);
        var current = ServerTypeCatalogue.Get(server.ServerType);
        if (type.Name == current.Name || type.Architecture != current.Architecture || type.Disk < server.DiskGigabytes)
        {
            throw ApiErrors.Unprocessable("invalid_server_type", "the server type does not fit the server");
        }

        if (views.StatusOf(server) != ServerStatus.Off)
        {
            throw ApiErrors.Unprocessable("server_not_stopped", "the server must be stopped first");
        }

        if (!ServerTypeCatalogue.IsAvailable(call.World, type, server.Location))
        {
            throw ApiErrors.Unavailable("the server type is not available in the server's location");
        }

        call.Effect(() =>
        {
            server.ServerType = type.Name;
            server.DiskGigabytes = growDisk == true ? type.Disk : server.DiskGigabytes;
            server.Status = ServerStatus.Migrating;
        });
        return ActionViews.Created(call.Start("change_server_type", On(server), ct => machines.PowerOnAsync(server, ct)));
    }

    private static Reply ChangeProtection(ApiCall call)
    {
        var server = ServerResource.Find(call);
        var delete = call.Body.Flag("delete") ?? server.DeleteProtected;
        var rebuild = call.Body.Flag("rebuild") ?? server.RebuildProtected;
        call.Body.Check();
        if (delete != rebuild)
        {
            throw ApiErrors.InvalidInput("rebuild", "must have the same value as delete");
        }

        call.Effect(() => (server.DeleteProtected, server.RebuildProtected) = (delete, rebuild));
        return ActionViews.Created(call.Start("change_protection", On(server)));
    }

    private static Reply ChangeReverseName(ApiCall call)
    {
        var server = ServerResource.Find(call);
        var (ip, name) = ReverseNames.Read(call.Body);
        var primary = call.Project.AddressesOf(server).FirstOrDefault(p => ReverseNames.Owns(p, ip)) ?? throw ApiErrors.NotFound("ip", ip);
        call.Effect(() => ReverseNames.Set(primary, ip, name));
        return ActionViews.Created(call.Start("change_dns_ptr", On(server)));
    }

    private static Reply ResetPassword(ApiCall call)
    {
        var server = ServerResource.FindUnlocked(call);
        var password = Passwords.New();
        call.Effect(() => server.RootPassword = password);
        return Reply.Created(new { Action = ActionViews.View(call.Start("reset_password", On(server))), RootPassword = password });
    }

    private static Reply SetBackup(ApiCall call, string command, string? window)
    {
        var server = ServerResource.FindUnlocked(call);
        call.Effect(() => server.BackupWindow = window);
        return ActionViews.Created(call.Start(command, On(server)));
    }

    private static ActionResource[] On(Server server) => [new(server.Id, "server")];
}
