#!/bin/sh
# run.sh FUZZER [SECONDS] [FOLDER]: fuzzes from the corpus of this folder and
# from the inputs of the tests. New inputs stay in FOLDER, if it is given. Exit
# status 0: nothing was found.
set -eu
fuzzer=$1
seconds=${2:-60}
here=$(cd "$(dirname "$0")" && pwd)
tests=$here/..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/seeds"
new=${3:-$work/new}
mkdir -p "$new"

case $fuzzer in
  *fuzz-core)
    folder=Target/Wasm
    cp "$tests"/Target/Wasm/Inputs/features/*.wat "$work/seeds"
    "$tests/../node_modules/.bin/node" "$tests/../utils/wat2wasm.mjs" "$work"/seeds/*.wat
    rm "$work"/seeds/*.wat ;;
  *)
    folder=Target/Component
    python3 "$here/corpus.py" unpack "$here/component.hex" "$work/seeds" ;;
esac
for test in "$tests/$folder"/*.test "$tests/$folder"/*/*.test; do
  grep -q hex2bin "$test" || continue
  python3 "$tests/../utils/hex2bin.py" "$test" "$work/seeds/$(basename "$test").wasm"
done
ASAN_OPTIONS=allow_user_poisoning=0:detect_container_overflow=0 \
  "$fuzzer" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=1024 \
  -print_final_stats=1 -artifact_prefix="$work/" "$new" "$work/seeds" 2>"$work/log" && {
  grep 'stat::number_of_executed_units' "$work/log"
  exit 0
}
# What it found, and the input as a line of the corpus.
tail -n 60 "$work/log"
for input in "$work"/crash-* "$work"/oom-* "$work"/timeout-* "$work"/leak-*; do
  [ ! -f "$input" ] || { echo "input: $(od -An -v -tx1 "$input" | tr -d " \n")"; }
done
exit 1
