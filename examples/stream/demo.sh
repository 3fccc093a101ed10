#!/bin/sh
# Builds the two stream guests, fuses them and runs the result:
#   demo.sh MELD NODE FOLDER
set -eu
[ $# -eq 3 ] || { echo 'usage: demo.sh MELD NODE FOLDER' >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
meld=$1 node=$2 folder=$3
size() { wc -c <"$1" | tr -d ' '; }

echo '== Two components in C: a producer of a stream and its consumer'
"$node" "$here/build.mjs" "$folder"
for name in producer consumer; do
  echo "   $folder/$name.wasm, $(size "$folder/$name.wasm") bytes"
done

echo '== What the consumer imports, exports and uses'
"$meld" inspect "$folder/consumer.wasm" | sed 's/^/   /'

echo "== $meld fuse producer.wasm consumer.wasm -o fused.wasm"
"$meld" fuse "$folder/producer.wasm" "$folder/consumer.wasm" -o "$folder/fused.wasm"
echo "   $folder/fused.wasm, one core module, $(size "$folder/fused.wasm") bytes"
"$meld" inspect "$folder/fused.wasm" | sed 's/^/   /'

echo '== run(1000000, 4096, 65536): a million bytes through the stream, and their checksum'
fused=$(MELD_NODE=$node "$meld" run "$folder/fused.wasm" --invoke run 1000000 4096 65536)
echo "   fused: $fused"
plain=$("$node" -e '
  const bytes = require("fs").readFileSync(process.argv[1]);
  WebAssembly.instantiate(bytes).then(({ instance }) =>
    console.log(String(BigInt.asUintN(64, instance.exports.run(1000000, 4096, 65536)))));' "$folder/plain.wasm")
echo "   plain: $plain (the same C without components)"
[ "$fused" = "$plain" ] || { echo 'demo: the checksums differ' >&2; exit 1; }
echo '   The checksums are equal.'
