# merge.sh NODE UTILS IN.wat OUT.wasm
#
# Merges the core instances of a component in text. What a lowering would leave
# for the host stands in the text as comments: `# wasm.export "f" @f : type`.
set -eu
node=$1 utils=$2 input=$3 output=$4
"$node" "$utils/wat2component.mjs" "$input" "$output.component"
sed -n 's/^# *\(wasm\.[a-z]*\)/\1/p' "$input" >"$output.root"
meld-translate --component-to-mlir "$output.component" |
  meld-opt --component-flatten |
  sed "/component.root.*{\$/r $output.root" >"$output.flat.mlir"
meld-opt --wasm-merge "$output.flat.mlir" -o "$output.mlir"
meld-translate --mlir-to-wasm "$output.mlir" -o "$output"
