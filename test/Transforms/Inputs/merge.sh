# merge.sh NODE UTILS IN.wat OUT.wasm [OPTION-OF-SET-TARGET [OPTION-OF-MERGE]]
#
# Merges the core instances of a component in text. What lowerings would add to
# the root stands in the text as comments: `# wasm.export "f" @f : type`; an
# operation with a symbol takes the place of an alias of that name. Lines that
# begin with `#  ` go on with the one above.
set -eu
node=$1 utils=$2 input=$3 output=$4 target=${5:+--set-target=$5} merge=${6:+=$6}
"$node" "$utils/wat2component.mjs" "$input" "$output.component"
sed -n '/^# wasm\./,/^#$/ { s/^# *//p }' "$input" >"$output.root"
meld-translate --component-to-mlir "$output.component" |
  meld-opt --component-flatten $target |
  awk -v root="$output.root" '
    BEGIN {
      while ((getline line < root) > 0) {
        text = text line "\n"
        if (match(line, /^wasm\.[a-z]+ @[A-Za-z0-9_.]+/))
          given[substr(line, 1, RLENGTH)]
      }
      for (start in given) { split(start, words, " "); names[words[2]] }
    }
    $1 == "wasm.alias" && ($2 in names) { next }
    { print }
    $1 == "component.root" { printf "%s", text }' >"$output.flat.mlir"
meld-opt "--wasm-merge$merge" "$output.flat.mlir" -o "$output.mlir"
meld-translate --mlir-to-wasm "$output.mlir" -o "$output"
