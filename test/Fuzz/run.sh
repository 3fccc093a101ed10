#!/bin/sh
# run.sh FUZZER SECONDS: makes a seed corpus of the hex tests and fuzzes.
set -eu
fuzzer=$1
seconds=${2:-60}
tests=$(dirname "$0")/..
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
for test in "$tests"/Target/Component/*.test "$tests"/Target/Component/*/*.test; do
  grep -q hex2bin "$test" || continue
  python3 "$tests/../utils/hex2bin.py" "$test" "$corpus/$(basename "$test").wasm"
done
ASAN_OPTIONS=allow_user_poisoning=0:detect_container_overflow=0 \
  "$fuzzer" -max_total_time="$seconds" -max_len=4096 -print_final_stats=1 "$corpus"
