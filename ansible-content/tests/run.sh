#!/bin/bash
# Tests of the content: tests/run.sh [lint|unit|lab]…   Without a word: lint and unit, and lab if LAB_EXECUTOR and LAB_NODES name servers
# (tests/lab/lab.py lists the variables). Last line: N passed, N failed.
set -uo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
export PYTHONDONTWRITEBYTECODE=1
passed=0 failed=0

step() { # NAME COMMAND…: one line for each thing tested
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then passed=$((passed + 1)); echo "ok    $name"; else failed=$((failed + 1)); echo "FAIL  $name"; echo "$output"; fi
}

suite() { # FOLDER: every test_*.py below it
  local output result
  output=$(cd "tests/$1" && /usr/bin/python3 -m unittest discover -v -p 'test_*.py' 2>&1)
  result=$?
  passed=$((passed + $(grep -c ' \.\.\. ok$' <<<"$output")))
  failed=$((failed + $(grep -cE '(^|\.\.\. )(FAIL|ERROR)$' <<<"$output")))
  grep -E '(FAIL|ERROR|ok|skipped.*)$' <<<"$output"
  if [ $result -ne 0 ]; then
    grep -qE '(^|\.\.\. )(FAIL|ERROR)$' <<<"$output" || failed=$((failed + 1))
    sed -n '/^=====/,$p' <<<"$output"
  fi
}

lint() {
  step yamllint yamllint --strict .
  step ansible-lint env HOME="${HOME:-/root}" ansible-lint --offline --nocolor -q
  for playbook in playbooks/*.yml; do
    step "syntax of $playbook" env ANSIBLE_CONFIG=ansible.cfg ansible-playbook --syntax-check -i localhost, "$playbook"
  done
  step "shell syntax" bash -n executor/bootstrap.sh
}

[ $# -gt 0 ] || set -- lint unit $([ -n "${LAB_EXECUTOR:-}" ] && [ -n "${LAB_NODES:-}" ] && echo lab)
for kind in "$@"; do
  case $kind in
    lint) lint ;;
    unit) suite unit ;;
    lab) suite lab ;;
    *) echo "usage: tests/run.sh [lint|unit|lab]…" >&2; exit 2 ;;
  esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
