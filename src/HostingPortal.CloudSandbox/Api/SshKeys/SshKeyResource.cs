using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.SshKeys;

internal sealed class SshKeyResource : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/ssh_keys", List);
        routes.Post("/ssh_keys", Create);
        routes.Get("/ssh_keys/{id}", call => Reply.Ok(new { SshKey = View(Find(call)) }));
        routes.Put("/ssh_keys/{id}", Update);
        routes.Delete("/ssh_keys/{id}", call =>
        {
            call.Project.SshKeys.Remove(Find(call));
            return Reply.NoContent;
        });
    }

    private static SshKey Find(ApiCall call) => call.Project.SshKeys.ById(call.Id, "ssh_key");

    private static Reply List(ApiCall call) => call.Page(
        "ssh_keys", call.Among("fingerprint", call.Filter(call.Project.SshKeys), key => key.Fingerprint), View, SortFields.Common<SshKey>());

    private static Reply Create(ApiCall call)
    {
        var name = call.Body.Text("name", required: true, max: 255);
        var text = call.Body.Text("public_key", required: true);
        var labels = call.Body.Labels() ?? [];
        var fingerprint = text is null ? null : PublicKeys.Fingerprint(text);
        if (text is not null && fingerprint is null)
        {
            call.Body.Reject("public_key", "is not a valid OpenSSH public key");
        }

        call.Body.Check();
        call.Project.SshKeys.RequireFreeName(name, "SSH key");
        if (call.Project.SshKeys.Exists(key => key.Fingerprint == fingerprint))
        {
            throw ApiErrors.NotUnique("SSH key", "fingerprint");
        }

        var created = new SshKey
        {
            Id = call.World.NewId(), Name = name!, PublicKey = text!.Trim(), Fingerprint = fingerprint!, Created = call.Now, Labels = labels,
        };
        call.Project.SshKeys.Add(created);
        return Reply.Created(new { SshKey = View(created) });
    }

    private static Reply Update(ApiCall call)
    {
        var key = Find(call);
        var name = call.Body.Text("name", min: 1, max: 255);
        var labels = call.Body.Labels();
        call.Body.Check();
        call.Project.SshKeys.RequireFreeName(name, "SSH key", key.Id);
        key.Name = name ?? key.Name;
        key.Labels = labels ?? key.Labels;
        return Reply.Ok(new { SshKey = View(key) });
    }

    private static object View(SshKey key) => new { key.Id, key.Name, key.Fingerprint, key.PublicKey, key.Labels, key.Created };
}
