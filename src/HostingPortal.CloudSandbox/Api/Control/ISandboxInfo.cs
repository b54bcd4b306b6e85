using System.Text.Json.Nodes;

namespace HostingPortal.CloudSandbox.Api.Control;

/// <summary>Adds a part to GET <c>/_sandbox/info</c>; register as many as there are parts.</summary>
internal interface ISandboxInfo
{
    /// <summary>Sets members of its own, e.g. <c>info["dns"] = new JsonObject { ["address"] = …, ["port"] = 53 }</c>.</summary>
    void Contribute(JsonObject info);
}
