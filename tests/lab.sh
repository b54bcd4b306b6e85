# Sourced by run.sh: lab servers of a sandbox of its own, for the tests of the Ansible content.
# shellcheck shell=bash disable=SC2154

lab_folder=
lab_sandbox=

# Two servers at the sandbox: one to be an executor, one to be a node. Sets the LAB_ variables of ansible-content/tests/lab/lab.py.
start_lab() {
    local log=$1 endpoint waited=0
    lab_folder=$(mktemp -d /var/lib/hostingportal/lab.XXXXXX)
    dotnet "$root/src/HostingPortal.CloudSandbox/bin/$configuration/net10.0/HostingPortal.CloudSandbox.dll" \
        --port 0 --data "$lab_folder/data" --host-ports 14100,18090 >"$lab_folder/sandbox.log" 2>&1 &
    lab_sandbox=$!
    until endpoint=$(sed -nE 's/^listening on (.*)$/\1/p' "$lab_folder/sandbox.log") && [ -n "$endpoint" ]; do
        kill -0 "$lab_sandbox" 2>/dev/null && [ "$waited" -lt 900 ] || { cat "$lab_folder/sandbox.log" >>"$log"; return 1; }
        sleep 1
        waited=$((waited + 1))
    done
    export HCLOUD_ENDPOINT=$endpoint HCLOUD_TOKEN
    HCLOUD_TOKEN=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
    ssh-keygen -q -t ed25519 -N '' -C lab -f "$lab_folder/key"
    lab_server executor portal labadmin && lab_server node deploy || return 1
    LAB_EXECUTOR=$(hcloud server ip executor) LAB_NODES=$(hcloud server ip node) LAB_EXECUTOR_KEY=$lab_folder/key LAB_NODE_KEY=$lab_folder/key LAB_DEBIAN=13
    LAB_GATEWAY=$(curl -sf "${endpoint%/v1}/_sandbox/info" | sed -nE 's/.*"gateway":"([^"]+)".*/\1/p')
    export LAB_EXECUTOR LAB_NODES LAB_EXECUTOR_KEY LAB_NODE_KEY LAB_DEBIAN LAB_GATEWAY
} 2>>"$1"

# NAME USER…: a Debian 13 with these users, all with sudo and the lab's key; returns once SSH answers.
lab_server() {
    local name=$1 user address
    shift
    {
        printf '#cloud-config\nusers:\n'
        for user in "$@"; do
            printf '  - {name: %s, shell: /bin/bash, lock_passwd: true, sudo: "ALL=(ALL) NOPASSWD:ALL", ssh_authorized_keys: ["%s"]}\n' "$user" "$(cat "$lab_folder/key.pub")"
        done
    } >"$lab_folder/$name.yml"
    hcloud server create --name "$name" --type cx23 --image debian-13 --location fsn1 --user-data-from-file "$lab_folder/$name.yml" >/dev/null || return 1
    address=$(hcloud server ip "$name")
    for _ in $(seq 120); do
        ssh -q -i "$lab_folder/key" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes -o ConnectTimeout=5 "$1@$address" true 2>/dev/null && return 0
        sleep 0.5
    done
    printf '%s does not answer over SSH\n' "$name" >&2
    return 1
}

stop_lab() {
    if [ -n "$lab_sandbox" ]; then
        kill -TERM "$lab_sandbox" 2>/dev/null || true
        wait "$lab_sandbox" 2>/dev/null || true
    fi
    [ -z "$lab_folder" ] || rm -rf "$lab_folder"
    lab_sandbox='' lab_folder=''
}
