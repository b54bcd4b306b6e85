"""portal_reach: what nft lists, e.g. `nft -j list chain inet hostingportal input`, as ways in."""
import json
import unittest

from content import load

reach = load("plugins/modules/portal_reach.py")


def match(left, right, op="=="):
    return {"match": {"op": op, "left": left, "right": right}}


def payload(protocol, field):
    return {"payload": {"protocol": protocol, "field": field}}


class RulesTest(unittest.TestCase):
    def read(self, *rules):
        chain = {"chain": {"family": "inet", "table": "hostingportal", "name": "input", "policy": "drop"}}
        return reach.read_rules({"nftables": [{"metainfo": {}}, chain, *({"rule": {"expr": list(rule)}} for rule in rules)]})

    def test_ways_are_ports_from_sources(self):
        accept = {"accept": None}
        policy, ways, others = self.read(
            (match({"ct": {"key": "state"}}, ["established", "related"], "in"), accept),
            (match({"meta": {"key": "iif"}}, "lo"), accept),
            (match({"meta": {"key": "l4proto"}}, "ipv6-icmp"), accept),
            (match(payload("udp", "sport"), 67), match(payload("udp", "dport"), 68), accept),
            (match(payload("ip", "protocol"), "icmp"),
             match(payload("icmp", "type"), {"set": ["destination-unreachable", "echo-request", "time-exceeded", "parameter-problem"]}), accept),
            (match({"ct": {"key": "state"}}, "invalid", "in"), {"drop": None}),
            ({"counter": {"packets": 1, "bytes": 60}}, {"log": {"prefix": "closed "}}),
            (match(payload("tcp", "dport"), {"set": [80, 443]}), accept),
            (match(payload("ip", "saddr"), "10.0.0.2"), match(payload("tcp", "dport"), 22), accept),
            (match(payload("ip6", "saddr"), {"prefix": {"addr": "2001:db8::", "len": 64}}), match(payload("tcp", "dport"), 22), accept))
        self.assertEqual(("drop", ["22 from 10.0.0.2", "22 from 2001:db8::/64", "443 from everywhere", "80 from everywhere"], []), (policy, ways, others))

    def test_a_rule_that_opens_more_is_told(self):
        self.assertEqual(["[{\"accept\": null}]"], self.read(({"accept": None},))[2])
        self.assertEqual(1, len(self.read((match({"meta": {"key": "iifname"}}, "eth0"), {"accept": None}))[2]))
        self.assertEqual(1, len(self.read((match(payload("ip", "saddr"), "192.0.2.1"), {"accept": None}))[2]))

    def test_what_looks_like_a_needed_rule_and_opens_more_is_told(self):
        accept = {"accept": None}
        for rule in (
                (match({"meta": {"key": "l4proto"}}, "tcp"), accept),
                (match({"meta": {"key": "iif"}}, "eth0"), accept),
                (match({"ct": {"key": "state"}}, "new", "in"), accept),
                (match({"ct": {"key": "state"}}, ["established", "related", "new"], "in"), accept),
                (match(payload("udp", "dport"), 53), accept),
                (match(payload("tcp", "dport"), 22, "!="), accept),
                (match(payload("tcp", "sport"), 1024), match(payload("tcp", "dport"), 22), accept),
                ({"vmap": {"key": payload("tcp", "dport"), "data": {"set": [[25, accept]]}}},),
                ({"jump": {"target": "more"}},),
                (match({"&": [payload("tcp", "flags"), ["syn", "ack"]]}, "syn"), accept),
                (match({"payload": {"base": "th", "offset": 16, "len": 16}}, 22), accept),
                (match({"concat": [payload("ip", "saddr"), payload("tcp", "dport")]}, {"set": [{"concat": ["192.0.2.1", 22]}]}), accept),
                ({"queue": None},)):
            with self.subTest(rule=rule):
                policy, ways, others = self.read(rule)
                self.assertEqual(("drop", [], 1), (policy, ways, len(others)))

    def test_no_table_is_no_wall(self):
        self.assertEqual(("", [], []), reach.read_rules(json.loads('{"nftables": []}')))
