// RUN: meld-opt %s --link-async-runtime --verify-diagnostics --split-input-file

component.root @unknown flattened {
  wasm.memory @rt.memory : !wasm.memory<1>
  // expected-error @+1 {{the runtime has no function "sleep" of type '(i32) -> ()' [runtime-import]}}
  wasm.import @rt.sleep "meld:runtime" "sleep" : (i32) -> ()
}

// -----

component.root @other_type flattened {
  // expected-error @+1 {{the runtime has no function "run" of type '(i64) -> i32' [runtime-import]}}
  wasm.import @rt.run "meld:runtime" "run" : (i64) -> i32
}

// -----

// expected-error @+1 {{the runtime wants "rt.memory", which --lower-async-intrinsics makes [runtime-import]}}
component.root @no_memory flattened {
  wasm.import @rt.run "meld:runtime" "run" : (i32) -> i32
}
