// RUN: meld-opt --wasm-merge --split-input-file --verify-diagnostics %s

// expected-error @+1 {{'component.root' op is not flattened: `--component-flatten` comes before [not-lowered]}}
component.root @definitions {
}

// -----

// All that is left is listed by what it is, also what stands in a function.
// expected-error @+1 {{what is not lowered cannot be merged: `waitable-set.new` (2), synchronous `stream.read`, import "h" of type `func()`, `async_intrinsic.check_may_leave`, asynchronous `lift` without a callback, copying of the elements of `stream<string>`, passing of a stream, passing of `own` [not-lowered]}}
component.root @left flattened {
  component.instance_of @p
  // expected-note @+1 {{`waitable-set.new` "new"}}
  component.canonical @new in @p = waitable_set_new : () -> i32
  component.canonical @more in @p = waitable_set_new : () -> i32
  // expected-note @+1 {{synchronous `stream.read` "read"}}
  component.canonical @read in @p = stream_read !component.stream<none> : (i32, i32, i32) -> i32
  // expected-note @+1 {{import "h" of type `func()`}}
  component.host_func @h "" "h" : !component.func_type<()>
  wasm.func @f() {
    // expected-note @+1 {{`async_intrinsic.check_may_leave` in "f"}}
    async_intrinsic.check_may_leave @p
    wasm.return
  }
  // expected-note @+1 {{asynchronous `lift` without a callback "t"}}
  async_intrinsic.task_type @t in @p = @f async : !component.func_type<async ()>
  wasm.memory @m : !wasm.memory<1>
  // expected-note @+1 {{copying of the elements of `stream<string>` "c"}}
  async_intrinsic.copy @c : !component.stream<string> from @m to @m
  component.resource @r in @p
  wasm.func @g(%x: i32) {
    // expected-note @+1 {{passing of a stream in "g"}}
    %y = async_intrinsic.transfer %x from @t {instance = @p} : !component.stream<u8>, (i32) -> i32
    // expected-note @+1 {{passing of `own` in "g"}}
    %z = async_intrinsic.transfer %x from @t {instance = @p} : !component.own<@r>, (i32) -> i32
    wasm.return
  }
}

// -----

component.root @declared flattened {
  // expected-note @+1 {{the module}}
  wasm.module @m {
  }
  // expected-error @+1 {{'wasm.instance' op wants the bytes of module "m", which has none here [merge-bytes]}}
  wasm.instance @i of @m
}

// -----

component.root @order flattened {
  wasm.module @a bytes <a> {
    wasm.import "b" "f" : () -> ()
  }
  wasm.module @b bytes <b> {
    wasm.export "f" : () -> ()
  }
  wasm.instance @ia of @a with "b" "f" = @f
  wasm.instance @ib of @b
  // expected-error @+1 {{'wasm.alias' op is used before "ib" is made [instance-order]}}
  wasm.alias @f = @ib "f" : () -> ()
}

{-#
  dialect_resources: {
    wasm: {
      a: "0x010000000061736d01000000010401600000020701016201660000",
      b: "0x010000000061736d0100000001040160000003020100070501016600000a040102000b"
    }
  }
#-}

// -----

// The bytes decide, not what the module says of them.
component.root @lies flattened {
  wasm.module @a bytes <a> {
  }
  // expected-error @+1 {{'wasm.instance' op gives nothing for "b" "f", which the module's bytes import [missing-argument]}}
  wasm.instance @ia of @a
}

{-#
  dialect_resources: {
    wasm: {
      a: "0x010000000061736d01000000010401600000020701016201660000"
    }
  }
#-}

// -----

component.root @types flattened {
  wasm.module @a bytes <a> {
  }
  wasm.func @f(%x: i32) {
    wasm.return
  }
  // expected-error @+1 {{'wasm.instance' op gives '(i32) -> ()' for "b" "f", which has type '() -> ()' [argument-type]}}
  wasm.instance @ia of @a with "b" "f" = @f
}

{-#
  dialect_resources: {
    wasm: {
      a: "0x010000000061736d01000000010401600000020701016201660000"
    }
  }
#-}

// -----

component.root @no_entity flattened {
  wasm.module @a bytes <a> {
  }
  component.instance_of @p
  // expected-error @+1 {{'wasm.instance' op gives "p", which is no core entity [argument-type]}}
  wasm.instance @ia of @a with "b" "f" = @p
}

{-#
  dialect_resources: {
    wasm: {
      a: "0x010000000061736d01000000010401600000020701016201660000"
    }
  }
#-}

// -----

component.root @export flattened {
  wasm.module @a bytes <a> {
    wasm.export "f" : () -> ()
  }
  wasm.instance @ia of @a
  // expected-error @+1 {{'wasm.alias' op names "f", which the module's bytes do not export [missing-export]}}
  wasm.alias @f = @ia "f" : () -> ()
}

{-#
  dialect_resources: {
    wasm: {
      a: "0x010000000061736d01000000"
    }
  }
#-}

// -----

component.root @malformed flattened {
  // expected-error @+1 {{unexpected end of the input, wanted 10 bytes of section, found 0 [unexpected-end]}}
  wasm.module @a bytes <a> {
  }
  wasm.instance @ia of @a
}

{-#
  dialect_resources: {
    wasm: {
      a: "0x010000000061736d01000000010a"
    }
  }
#-}

// -----

// expected-error @+1 {{the target option `memory = single` is not there yet for programs of several memories: "single" has 2 [unsupported-feature]}}
component.root @single flattened target <memory = single> {
  wasm.memory @a : !wasm.memory<1>
  wasm.memory @b : !wasm.memory<1>
}

// -----

// expected-error @+1 {{the target option `stackful = refuse` is not there yet, because which calls may block cannot be told; `trap` traps where one would [unsupported-feature]}}
component.root @blocks flattened target <stackful = refuse> {
}

// -----

component.root @one_memory flattened target <memory = single> {
  wasm.memory @a : !wasm.memory<1>
}

// -----

component.root @start flattened {
  component.instance_of @p
  // expected-error @+1 {{'wasm.start' op names "p", which is no core entity [argument-type]}}
  wasm.start @p
}

// -----

component.root @taken flattened target <start = initialize> {
  wasm.func @f() {
    wasm.return
  }
  wasm.start @f
  // expected-error @+1 {{'wasm.export' op has the name under which instantiation is exported [duplicate-name]}}
  wasm.export "_initialize" @f : () -> ()
}
