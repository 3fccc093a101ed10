// RUN: meld-opt %s --link-async-runtime --split-input-file --mlir-elide-resource-strings-if-larger=16 | FileCheck %s

// The runtime joins as one module with one instance. Each import becomes an
// alias under the same symbol.

// CHECK-LABEL: component.root @program flattened
// CHECK:       wasm.module "private" @runtime bytes <runtime.wasm>
// CHECK-DAG:     wasm.import "env" "memory" : !wasm.memory<1>
// CHECK-DAG:     wasm.export "run" : (i32) -> i32
// CHECK:       wasm.instance @rt of @runtime with
// CHECK-DAG:     "env" "memory" = @rt.memory
// CHECK-DAG:     "env" "__indirect_function_table" = @rt.table
// CHECK-DAG:     "env" "trap" = @rt.trap
// CHECK:       wasm.alias @rt.run = @rt "run" : (i32) -> i32
// CHECK:       wasm.alias @rt.task_exit = @rt "task_exit" : (i32) -> ()
// What is not called gets no symbol.
// CHECK-NOT:   wasm.alias
// CHECK:       wasm.call @rt.run(
component.root @program flattened {
  wasm.memory @rt.memory : !wasm.memory<1>
  wasm.table @rt.table : !wasm.table<1, funcref>
  wasm.import @rt.run "meld:runtime" "run" : (i32) -> i32
  wasm.import @rt.task_exit "meld:runtime" "task_exit" : (i32) -> ()
  wasm.func @rt.trap(%kind: i32, %argument: i32) {
    wasm.unreachable
  }
  wasm.func @turn(%n: i32) -> i32 {
    wasm.call @rt.task_exit(%n) : (i32) -> ()
    %more = wasm.call @rt.run(%n) : (i32) -> i32
    wasm.return %more : i32
  }
}

// -----

// Nothing wants the runtime: nothing changes, other imports stay.

// CHECK-LABEL: component.root @without flattened
// CHECK-NEXT:    wasm.import @f "host" "f" : () -> ()
// CHECK-NEXT:  }
component.root @without flattened {
  wasm.import @f "host" "f" : () -> ()
}
