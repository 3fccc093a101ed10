// RUN: meld-opt %s --split-input-file --verify-diagnostics

component.root @parent flattened {
  // expected-error @+1 {{wants a symbol of the root, found "q" [symbol-missing]}}
  component.instance_of @p parent @q
}

// -----

component.root @instance flattened {
  component.resource @r
  // expected-error @+1 {{wants a component instance, found "r" [instance-symbol]}}
  component.canonical @n in @r = waitable_set_new : () -> i32
}

// -----

component.root @signature flattened {
  component.instance_of @p
  // expected-error @+1 {{wants the type of `waitable-set.new`: '() -> i32', found '() -> ()' [builtin-signature]}}
  component.canonical @n in @p = waitable_set_new : () -> ()
}

// -----

component.root @option flattened {
  component.instance_of @p
  // expected-error @+1 {{`waitable-set.new` has no `async` [builtin-words]}}
  component.canonical @n in @p = waitable_set_new async : () -> i32
}

// -----

component.root @immediate flattened {
  component.instance_of @p
  // expected-error @+1 {{`stream.new` wants `type` [builtin-words]}}
  component.canonical @n in @p = stream_new : () -> i64
}

// -----

component.root @lowered flattened {
  component.instance_of @p
  component.host_func @f "" "f" : !component.func_type<async (n: u32) -> u32>
  // expected-error @+1 {{wants the callee's type, flattened: '(i32, i32) -> i32', found '(i32) -> i32' [lowered-signature]}}
  component.lowered @l in @p = @f async : (i32) -> i32
}

// -----

component.root @function flattened {
  // expected-error @+1 {{wants a component function type, found 'i32' [function-type]}}
  component.host_func @f "" "f" : i32
}

// -----

component.root @kind flattened {
  component.instance_of @p
  // expected-error @+1 {{`stream.new` wants a stream type, found '!component.u8' [builtin-words]}}
  component.canonical @n in @p = stream_new !component.u8 : () -> i64
}

// -----

component.root @sort flattened {
  component.instance_of @p
  wasm.memory @m : !wasm.memory<1>
  // expected-error @+1 {{wants a core function, found "m", a `wasm.memory` [symbol-missing]}}
  component.lifted @f in @p = @m as !component.func_type<()>
}

// -----

component.root @callee flattened {
  component.instance_of @p
  wasm.memory @m : !wasm.memory<1>
  // expected-error @+1 {{wants a component function, found "m", a `wasm.memory` [symbol-missing]}}
  component.lowered @l in @p = @m : () -> ()
}

// -----

component.root @table flattened {
  component.instance_of @p
  wasm.memory @m : !wasm.memory<1>
  // expected-error @+1 {{wants a table, found "m", a `wasm.memory` [symbol-missing]}}
  component.canonical @n in @p = thread_new_indirect core_type (i32) -> () table @m : (i32, i32) -> i32
}

// -----

component.root @no_memory flattened {
  component.instance_of @p
  component.host_func @f "" "f" : !component.func_type<async () -> u32>
  // expected-error @+1 {{wants option `memory`: values of the function lie there [option-missing]}}
  component.lowered @l in @p = @f async : (i32) -> i32
}
