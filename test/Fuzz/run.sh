#!/bin/sh
# run.sh FUZZER SECONDS: makes a seed corpus of the tests and fuzzes.
set -eu
fuzzer=$1
seconds=${2:-60}
tests=$(dirname "$0")/..
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT

case $fuzzer in
  *fuzz-core)
    folder=Target/Wasm
    cp "$tests"/Target/Wasm/Inputs/features/*.wat "$corpus"
    "$tests/../node_modules/.bin/node" "$tests/../utils/wat2wasm.mjs" "$corpus"/*.wat
    rm "$corpus"/*.wat ;;
  *) folder=Target/Component ;;
esac
for test in "$tests/$folder"/*.test "$tests/$folder"/*/*.test; do
  grep -q hex2bin "$test" || continue
  python3 "$tests/../utils/hex2bin.py" "$test" "$corpus/$(basename "$test").wasm"
done
ASAN_OPTIONS=allow_user_poisoning=0:detect_container_overflow=0 \
  "$fuzzer" -max_total_time="$seconds" -max_len=4096 -print_final_stats=1 "$corpus"
