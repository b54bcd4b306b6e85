# Sourced by ../portal: runs the suites and ends with one line, "N passed, N failed".
# shellcheck shell=bash disable=SC2154

. "$root/tests/lab.sh"

# Two lanes side by side, one for each core a small machine has; what boots the product from its published programs stays in one of them.
lane_one=(domain architecture services infrastructure web sandbox ansible)
lane_two=(e2e operations)
suites=("${lane_one[@]}" "${lane_two[@]}")
# Named or left out: primary installs, upgrades, destroys and restores a Primary, about ten minutes.

# Adds up the summary of one xUnit program: "Total: 12, Errors: 0, Failed: 1, Skipped: 0, …".
run_xunit() {
    local name=$1 project=HostingPortal.$2.Tests log=$artifacts/$1.log started=$SECONDS summary total bad skipped
    dotnet "$root/tests/$project/bin/$configuration/net10.0/$project.dll" -noColor -parallel "${3:-collections}" -result-ctrf "$artifacts/$name.json" "${@:4}" >"$log" 2>&1 || true
    summary=$(grep -E 'Total: [0-9]+, Errors: ' "$log" | tail -n 1)
    total=$(sed -nE 's/.*Total: ([0-9]+),.*/\1/p' <<<"$summary")
    skipped=$(sed -nE 's/.*Skipped: ([0-9]+),.*/\1/p' <<<"$summary")
    bad=$(($(sed -nE 's/.*Failed: ([0-9]+),.*/\1/p' <<<"${summary:-Failed: 1,}") + $(sed -nE 's/.*Errors: ([0-9]+),.*/\1/p' <<<"${summary:-Errors: 0,}")))
    count "$name" $((${total:-0} - bad - ${skipped:-0})) $((bad + ${skipped:-0})) $((SECONDS - started)) "$log"
}

# A skipped test counts as failed: nothing here is left out quietly.
count() {
    printf '%d %d\n' "$2" "$3" >"$artifacts/$1.count"
    printf '%-16s %5d passed, %d failed  %d s\n' "$1" "$2" "$3" "$4"
    if [ "$3" -gt 0 ]; then
        grep -E -A 12 '\[FAIL\]|^(FAIL|ERROR):|fatal|error' "$5" | head -n 60 || true
    fi
}

# NAME SECONDS LOG: takes the log's last line "N passed, N failed".
count_last() {
    local last
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$3" | tail -n 1 || true)
    [ -n "$last" ] || last="0 passed, 1 failed"
    count "$1" "${last%% *}" "$(sed -nE 's/.*, ([0-9]+) failed/\1/p' <<<"$last")" "$2" "$3"
}

run_ansible() {
    local log=$artifacts/ansible.log started=$SECONDS
    : >"$log"
    trap stop_lab EXIT
    if start_lab "$log"; then
        "$root/ansible-content/tests/run.sh" lint unit lab >>"$log" 2>&1 || true
    fi
    stop_lab
    trap - EXIT
    count_last ansible $((SECONDS - started)) "$log"
}

run_suite() {
    case "$1" in
        domain) run_xunit domain Domain ;;
        services) run_xunit services Services ;;
        architecture) run_xunit architecture Architecture ;;
        infrastructure) run_xunit infrastructure Infrastructure ;;
        web) run_xunit web Web ;;
        sandbox) run_xunit sandbox CloudSandbox ;;
        ansible) run_ansible ;;
        operations) run_xunit operations Operations none -trait- Suite=primary ;;
        primary) run_xunit primary Operations none -trait Suite=primary ;;
        e2e) run_xunit e2e EndToEnd none ;;
    esac
}

run_lane() {
    local name
    for name in "$@"; do
        run_suite "$name"
    done
}

run_tests() {
    need_root
    need_sdk
    local wanted=("$@") name other started=$SECONDS passed=0 failed=0 good bad
    for name in "${wanted[@]}"; do
        case " ${suites[*]} primary " in *" $name "*) ;; *) fail "there is no suite '$name'; there are: ${suites[*]} primary" ;; esac
    done
    install_packages "${lab_packages[@]}" "${portal_packages[@]}" "${test_packages[@]}"
    make_user
    artifacts=$root/artifacts/tests
    mkdir -p "$artifacts"
    rm -f "$artifacts"/*.count
    say "Building"
    dotnet build "$root/HostingPortal.sln" -c "$configuration" -v q -clp:NoSummary --nologo || { say "0 passed, 1 failed"; return 1; }
    if [ ${#wanted[@]} -gt 0 ]; then
        run_lane "${wanted[@]}"
    else
        wanted=("${suites[@]}")
        mkdir -p "$(state_folder)"
        publish "$(state_folder)/programs"
        set -m
        run_lane "${lane_two[@]}" &
        other=$!
        set +m
        # shellcheck disable=SC2064
        trap "kill -TERM -- -$other 2>/dev/null; exit 130" INT TERM
        run_lane "${lane_one[@]}"
        wait "$other" || true
    fi
    for name in "${wanted[@]}"; do
        read -r good bad <"$artifacts/$name.count" 2>/dev/null || { good=0 bad=1; say "$name did not come to its end"; }
        passed=$((passed + good)) failed=$((failed + bad))
    done
    printf 'All suites took %d s; logs are in artifacts/tests.\n' $((SECONDS - started))
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
