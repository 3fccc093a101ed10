// RUN: meld-opt %s --split-input-file --verify-diagnostics

component.root @neither {
  // expected-error @+1 {{wants either a text or `bytes` [custom-content]}}
  "component.custom"() {name = "note"} : () -> ()
}

// -----

component.root @both {
  // expected-error @+1 {{wants either a text or `bytes` [custom-content]}}
  "component.custom"() {name = "note", content = "x", bytes = #wasm.bytes<x>} : () -> ()
}

// -----

component.root @none {
  // expected-error @+1 {{wants either an operand or the keyword of a primitive type [element-count]}}
  %v = "component.value"() {bytes = "x"} : () -> !component.value
}
