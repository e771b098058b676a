#!/usr/bin/env bash
# What action.yml runs: installs notelint beside nothing else, then checks, and writes the run's summary page.
# Reads its inputs from NOTELINT_*; NOTELINT_ACTION is the folder of this repository.
set -eo pipefail  # without -u: to the bash of macOS an empty list is not set

environment="${RUNNER_TEMP:-$(mktemp -d)}/notelint"
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check "$NOTELINT_ACTION"

words=()
[ -z "${NOTELINT_CONFIG:-}" ] || words+=(--config "$NOTELINT_CONFIG")
[ -z "${NOTELINT_BASELINE:-}" ] || words+=(--baseline "$NOTELINT_BASELINE")
# A line that is the name of something is one path, spaces and all; another one holds several.
paths=()
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [ -e "$line" ]; then
    paths+=("$line")
  else
    read -r -a several <<<"$line"
    paths+=("${several[@]}")
  fi
done <<<"${NOTELINT_PATHS:-}"

if [ -n "${NOTELINT_REPORT:-}" ]; then
  "$environment/bin/notelint" report "${words[@]}" --output "$NOTELINT_REPORT" -- "${paths[@]}" || echo "notelint: the report was not complete" >&2
fi

[ -z "${NOTELINT_SINCE:-}" ] || words+=(--since "$NOTELINT_SINCE")
[ -z "${NOTELINT_FAIL_ON:-}" ] || words+=(--fail-on "$NOTELINT_FAIL_ON")
status=0
"$environment/bin/notelint" check "${words[@]}" --format "${NOTELINT_FORMAT:-github}" -- "${paths[@]}" || status=$?
[ -z "${GITHUB_OUTPUT:-}" ] || echo "status=$status" >>"$GITHUB_OUTPUT"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ "$status" -le 1 ]; then
  # The run's summary page takes a megabyte; the index makes this second run quick.
  "$environment/bin/notelint" check --quiet "${words[@]}" --fail-on off --format markdown -- "${paths[@]}" |
    head -c 900000 >>"$GITHUB_STEP_SUMMARY" || :
fi
exit "$status"
