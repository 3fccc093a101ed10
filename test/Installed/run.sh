#!/bin/sh
# Installs Meld, builds the project of this folder against what was installed,
# and uses its tool: run.sh BUILD-FOLDER C-COMPILER CXX-COMPILER
set -eu
build=$(cd "$1" && pwd) cc=$2 cxx=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$build/installed
prefix=$work/prefix

rm -rf "$work"
cmake --install "$build" --prefix "$prefix" >/dev/null
cmake -S "$here" -B "$work/consumer" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
ninja -C "$work/consumer" --quiet
opt=$work/consumer/consumer-opt

# The package names neither the sources nor the build folder.
if grep -rlF "$build/lib" "$prefix/lib/cmake"; then
  echo 'the installed package names the build folder' >&2
  exit 1
fi
dialects=$("$opt" --show-dialects </dev/null)
for dialect in async_intrinsic component wasm; do
  echo "$dialects" | grep -q "$dialect" || {
    echo "the consumer's tool does not know the dialect $dialect: $dialects" >&2
    exit 1
  }
done
"$opt" --cse "$here/Inputs/module.mlir" | grep -q 'wasm.module'
