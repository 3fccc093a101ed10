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

# The demo, with the consumer's tool in the middle and only what is installed.
node=$here/../../node_modules/.bin/node
[ -x "$node" ] || { echo 'no Node 26 (./dev setup): the demo is not run'; exit 0; }
demo=$work/demo
"$node" "$here/../../examples/stream/build.mjs" "$demo" >/dev/null
for name in producer consumer; do
  "$prefix/bin/meld-translate" --component-to-mlir "$demo/$name.wasm"
done >"$demo/both.mlir"
"$opt" --fuse "$demo/both.mlir" -o "$demo/fused.mlir"
"$prefix/bin/meld-translate" --mlir-to-wasm "$demo/fused.mlir" -o "$demo/fused.wasm"
run() { MELD_NODE=$node "$prefix/bin/meld" run "$1" --invoke run 1000000 4096 65536; }
"$prefix/bin/meld" fuse "$demo/producer.wasm" "$demo/consumer.wasm" -o "$demo/driver.wasm"
checksum=$(run "$demo/fused.wasm")
driver=$(run "$demo/driver.wasm")
plain=$("$node" -e '
  const bytes = require("fs").readFileSync(process.argv[1]);
  WebAssembly.instantiate(bytes).then(({ instance }) =>
    console.log(String(BigInt.asUintN(64, instance.exports.run(1000000, 4096, 65536)))));' "$demo/plain.wasm")
[ "$checksum" = "$plain" ] && [ "$driver" = "$plain" ] || {
  echo "the plain module says $plain, the consumer's program $checksum, the driver's $driver" >&2
  exit 1
}
