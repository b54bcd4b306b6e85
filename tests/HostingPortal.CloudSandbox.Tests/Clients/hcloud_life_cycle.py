"""A life cycle of each resource python3-hcloud knows; any failure ends with a traceback.

Reads HCLOUD_ENDPOINT and HCLOUD_TOKEN; the first argument is an OpenSSH public key. Prints "ok" at the end.
"""
import os
import sys

from hcloud import APIException, Client
from hcloud.firewalls.domain import FirewallResource, FirewallResourceLabelSelector, FirewallRule
from hcloud.images.domain import Image
from hcloud.locations.domain import Location
from hcloud.networks.domain import NetworkRoute, NetworkSubnet
from hcloud.server_types.domain import ServerType

client = Client(token=os.environ["HCLOUD_TOKEN"], api_endpoint=os.environ["HCLOUD_ENDPOINT"], poll_interval=0.05)


def refused(call, code):
    """Asserts that the API refuses a call with this code."""
    try:
        call()
    except APIException as error:
        assert error.code == code, (error.code, error.message)
        return
    raise AssertionError(f"not refused with {code}")


assert client.locations.get_by_name("fsn1").network_zone == "eu-central"
assert client.server_types.get_by_name("cx33").cores == 4
assert client.images.get_by_name("debian-13") is not None
assert len(client.datacenters.get_all()) == 6

key = client.ssh_keys.create(name="k", public_key=sys.argv[1], labels={"a": "b"})
assert client.ssh_keys.get_by_fingerprint(key.fingerprint).id == key.id
refused(lambda: client.ssh_keys.create(name="k", public_key=sys.argv[1]), "uniqueness_error")

network = client.networks.create(
    name="n", ip_range="10.0.0.0/16", subnets=[NetworkSubnet(type="cloud", network_zone="eu-central", ip_range="10.0.1.0/24")])
network.add_route(NetworkRoute(destination="10.9.0.0/16", gateway="10.0.1.9")).wait_until_finished()

created = client.servers.create(
    name="s", server_type=ServerType(name="cx33"), image=Image(name="debian-13"), location=Location(name="fsn1"),
    ssh_keys=[key], networks=[network], labels={"env": "prod"}, user_data="#cloud-config\n")
created.action.wait_until_finished()
for action in created.next_actions:
    action.wait_until_finished()
server = client.servers.get_by_name("s")
assert server.status == "running" and server.private_net[0].ip == "10.0.1.2"
for action in (server.power_off, server.power_on, server.reboot, server.reset, server.shutdown):
    action().wait_until_finished()
server.change_type(ServerType(name="cx43"), upgrade_disk=False).wait_until_finished()
server.rebuild(Image(name="debian-12")).wait_until_finished()
server.change_dns_ptr(server.public_net.ipv4.ip, "a.example.com").wait_until_finished()
server.detach_from_network(network).wait_until_finished()
server.attach_to_network(network, ip="10.0.1.7").wait_until_finished()
server.change_protection(delete=True, rebuild=True).wait_until_finished()
refused(server.delete, "protected")
server.change_protection(delete=False, rebuild=False).wait_until_finished()

firewall = client.firewalls.create(
    name="f",
    rules=[FirewallRule(direction="in", protocol="tcp", port="80", source_ips=["0.0.0.0/0", "::/0"])],
    resources=[FirewallResource(type="server", server=server)]).firewall
for action in firewall.set_rules([FirewallRule(direction="in", protocol="icmp", source_ips=["::/0"])]):
    action.wait_until_finished()
labels = FirewallResource(type="label_selector", label_selector=FirewallResourceLabelSelector(selector="env=prod"))
for action in firewall.apply_to_resources([labels]):
    action.wait_until_finished()
for action in firewall.remove_from_resources([labels, FirewallResource(type="server", server=server)]):
    action.wait_until_finished()
assert firewall.delete()

assert {ip.type for ip in client.primary_ips.get_all()} == {"ipv4", "ipv6"}
assert len(server.get_actions()) > 10
server.delete().wait_until_finished()
assert client.servers.get_all() == []
assert network.delete() and key.delete()
refused(lambda: client.servers.get_by_id(server.id), "not_found")
print("ok")
