# Sourced by ../portal: brings the portal onto a bare Debian 13 over SSH, or a newer version onto the one that is there.
# shellcheck shell=bash disable=SC2154

install_usage() {
    cat <<'TEXT'
Usage: ./portal install [USER@]HOST --name portal.example.com --email you@example.com     the first time
       ./portal install [USER@]HOST                                                       this checkout's version onto the same machine

HOST is a Debian 13 that lets you in by key, as root or as a user with sudo (default root). What is told once is kept there.

  --name NAME            host name people use; it has to lead to HOST before the certificate can be had
  --email ADDRESS        contact of the ACME accounts
  --instance WORD        marks everything made at Hetzner (default: portal); never change it later
  --acme-directory URL   another authority than Let's Encrypt; --acme-ca FILE where that one is not public
  --certificate FILE --certificate-key FILE    a certificate of your own instead
  --ssh-from CIDR,CIDR   where SSH to HOST may come from (default: everywhere)
  --set NAME=VALUE       a setting of the portal, e.g. Smtp__Host=mail.example.com; again for more
  --restore ARCHIVE --key FILE                 start a fresh machine with a backup and the key file that opens it
  --check                say what would change and change nothing (a machine that was installed before)
  --programs FOLDER      programs built elsewhere instead of building this checkout
  --ssh-config FILE      for ssh -F
TEXT
}

install_primary() {
    local host='' programs='' archive='' key='' ssh_words=(-o BatchMode=yes -o ConnectTimeout=15) settings=() extra=() scratch
    while [ $# -gt 0 ]; do
        case "$1" in
            --name) settings+=("primary_name=${2:?}"); shift ;;
            --email) settings+=("primary_email=${2:?}"); shift ;;
            --instance) settings+=("primary_instance=${2:?}"); shift ;;
            --acme-directory) settings+=("primary_acme_directory=${2:?}"); shift ;;
            --acme-ca) settings+=("primary_acme_ca=$(cat "${2:?}")"); shift ;;
            --certificate) settings+=("primary_certificate_chain=$(cat "${2:?}")"); shift ;;
            --certificate-key) settings+=("primary_certificate_key=$(cat "${2:?}")"); shift ;;
            --ssh-from) settings+=("primary_ssh_sources=${2:?}"); shift ;;
            --set) [[ ${2:?} == *=* ]] || fail "--set needs NAME=VALUE."; settings+=("primary_settings.$2"); shift ;;
            --restore) archive=${2:?}; shift ;;
            --key) key=${2:?}; shift ;;
            --check) extra+=(--check --diff) ;;
            --programs) programs=${2:?}; shift ;;
            --ssh-config) ssh_words+=(-F "${2:?}"); shift ;;
            -h | --help) install_usage; return 0 ;;
            -*) install_usage >&2; fail "'$1' is not understood." ;;
            *) [ -z "$host" ] || fail "one machine at a time: $host or $1?"; host=$1 ;;
        esac
        shift
    done
    [ -n "$host" ] || { install_usage >&2; return 2; }
    [[ $host == *@* ]] || host=root@$host
    if [ -n "$archive" ]; then
        { [ -r "$archive" ] && [ -r "$key" ]; } || fail "--restore needs an archive and --key the key file that opens it."
    fi

    scratch=$(mktemp -d)
    # shellcheck disable=SC2064 # The folder of now.
    trap "ssh ${ssh_words[*]@Q} -o ControlPath=$scratch/m -O exit ${host@Q} 2>/dev/null || true; rm -rf $scratch" EXIT
    ssh_words+=(-o ControlMaster=auto -o ControlPersist=60 -o ControlPath="$scratch/m" -o ServerAliveInterval=15)
    local started=$SECONDS machine release
    machine=$(on_host uname -m) || fail "no way onto $host: ssh has to get in by key, without a question."
    [ -n "$programs" ] || { programs=$scratch/programs; publish_primary "$machine" "$programs"; }
    release=$(release_name "$programs")
    say "Release $release"
    if ! on_host test -e "/opt/hostingportal/portal/releases/$release"; then
        tar -C "$programs" -czf - . | on_host "rm -rf /opt/hostingportal/portal/releases/.new && mkdir -p /opt/hostingportal/portal/releases/.new && \
            tar -xzf - -C /opt/hostingportal/portal/releases/.new --no-same-owner && chmod -R a+rX /opt/hostingportal/portal/releases/.new && \
            mv -T /opt/hostingportal/portal/releases/.new /opt/hostingportal/portal/releases/$release"
    fi
    if [ -n "$archive" ]; then
        on_host "install -d -m 0711 /var/lib/hostingportal && install -d -m 0700 /var/lib/hostingportal/restore && cat >/var/lib/hostingportal/restore/archive.tar" <"$archive"
        on_host "cat >/var/lib/hostingportal/restore/secrets.key" <"$key"
        extra+=(-e primary_restore_archive=/var/lib/hostingportal/restore/archive.tar -e primary_restore_key=/var/lib/hostingportal/restore/secrets.key)
    fi
    local code=0
    { [ ${#settings[@]} -eq 0 ] || printf '%s\0' "${settings[@]}"; } |
        on_host "bash /opt/hostingportal/portal/releases/$release/ansible-content/primary/install.sh $release ${extra[*]}" || code=$?
    [ -z "$archive" ] || on_host rm -rf /var/lib/hostingportal/restore
    [ "$code" = 0 ] || fail "$host was not brought to $release; what is wrong stands above. The same command goes on from there."
    say "Done after $((SECONDS - started)) s."
}

# One command line there, as root. Uses host and ssh_words of install_primary.
on_host() {
    if [[ $host == root@* ]]; then ssh "${ssh_words[@]}" "$host" "$*"; else ssh "${ssh_words[@]}" "$host" "sudo -n bash -c $(printf '%q' "$*")"; fi
}

# The portal with its runtime, so that the server needs none: MACHINE (uname -m) FOLDER.
publish_primary() {
    local runtime
    case "$1" in x86_64) runtime=linux-x64 ;; aarch64) runtime=linux-arm64 ;; *) fail "there is no portal for machines of type $1." ;; esac
    need_sdk
    say "Building for $runtime"
    dotnet publish "$root/src/HostingPortal.Web" -c "$configuration" -r "$runtime" --self-contained -o "$2" -p:RunAnalyzers=false -v q -clp:NoSummary --nologo ||
        fail "HostingPortal.Web does not build."
}

# The version and a hash over all files: the same programs have the same name.
release_name() {
    printf '%s-%s' "$(sed -nE 's|.*<Version>(.*)</Version>.*|\1|p' "$root/Directory.Build.props")" \
        "$(cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)"
}
