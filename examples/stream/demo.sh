#!/bin/sh
# The demo behind `./dev demo`: demo.sh MELD NODE OUTDIR
#
# Builds the two guests, fuses them into one core module, runs it, and says
# what happened.
set -eu
meld=$1 node=$2 out=$3
here=$(dirname "$0")
bytes() { wc -c <"$1" | tr -d ' '; }

mkdir -p "$out"
"$node" "$here/build.mjs" "$out"
"$meld" fuse "$out/consumer.wasm" "$out/producer.wasm" -o "$out/fused.wasm"
answer=$("$meld" run "$out/fused.wasm" --invoke run 1000000 4096 65536)

cat <<END

Two components, built from C:
  producer.wasm  $(bytes "$out/producer.wasm") bytes   exports produce: async func(n, chunk) -> stream<u8>
  consumer.wasm  $(bytes "$out/consumer.wasm") bytes   imports it, exports run: async func(n, ..) -> u64

  meld fuse $out/consumer.wasm $out/producer.wasm -o $out/fused.wasm

One core module: fused.wasm, $(bytes "$out/fused.wasm") bytes. The stream between the two is gone:
each chunk is one memory.copy from the writer's buffer to the reader's.

  meld run $out/fused.wasm --invoke run 1000000 4096 65536

A million bytes in chunks of 4096, read in chunks of 65536; checksum: $answer

Next: build/bin/meld inspect $out/fused.wasm    what a host has to know
      build/bin/meld fuse --help                the options
      docs/                                     dialects, passes, host ABI
END
