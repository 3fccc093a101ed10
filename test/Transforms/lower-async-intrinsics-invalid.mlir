// RUN: meld-opt %s --lower-async-intrinsics --verify-diagnostics --split-input-file

// expected-error @+1 {{wants a flattened root: run --component-flatten first [flattened-first]}}
component.root @definitions {
}

// -----

component.root @no_instance flattened {
  wasm.func @new() -> i32 {
    // expected-error @+1 {{`instance` names a component instance, found nothing [intrinsic-reference]}}
    %s = async_intrinsic.waitable_set.new : i32
    wasm.return %s : i32
  }
}

// -----

component.root @other_instance flattened {
  wasm.func @new() -> i32 {
    // expected-error @+1 {{`instance` names a component instance, found "new" [intrinsic-reference]}}
    %s = async_intrinsic.waitable_set.new {instance = @new} : i32
    wasm.return %s : i32
  }
}

// -----

component.root @no_entry flattened {
  component.instance_of @p
  // expected-error @+1 {{`entry` names a core function, found "run" [intrinsic-reference]}}
  async_intrinsic.task_type @f in @p = @run async : !component.func_type<async ()>
}

// -----

component.root @no_memory flattened {
  component.instance_of @p
  wasm.func @f(%p: i32) {
    // expected-error @+1 {{`memory` names a memory, found "f" [intrinsic-reference]}}
    async_intrinsic.check_pointer %p size 4 alignment 4 in @f
    wasm.return
  }
}

// -----

component.root @no_callee flattened {
  component.instance_of @p
  wasm.func @f() -> i32 {
    // expected-error @+1 {{`callee` names a task type, lift or function of the host, found "p" [intrinsic-reference]}}
    %s = async_intrinsic.call @p() {instance = @p} : !component.func_type<async ()>, () -> i32
    wasm.return %s : i32
  }
}

// -----

component.root @no_stream flattened {
  component.instance_of @p
  wasm.func @f() -> i64 {
    // expected-error @+1 {{the type is that of a stream, found '!component.u8' [intrinsic-reference]}}
    %ends = async_intrinsic.stream.new {instance = @p} : !component.u8 -> i64
    wasm.return %ends : i64
  }
}

// -----

component.root @no_function_type flattened {
  wasm.module @guest {
    wasm.export "f" : () -> i32
  }
  component.instance_of @p
  wasm.instance @core of @guest
  wasm.alias @f_core = @core "f" : () -> i32
  // expected-error @+1 {{the type is that of a component function, found '!component.u8' [intrinsic-reference]}}
  async_intrinsic.task_type @f in @p = @f_core async : !component.u8
}

// -----

component.root @caller flattened {
  component.instance_of @p
  component.host_func @h "" "h" : !component.func_type<()>
  wasm.func @f() {
    // expected-error @+1 {{`caller` names a component instance, found "f" [intrinsic-reference]}}
    async_intrinsic.call_entry @h() from @f : () -> ()
    wasm.return
  }
}

// -----

component.root @own_name flattened {
  component.instance_of @p
  // expected-error @+1 {{'wasm.memory' op "rt.trap" is a name of Meld's own, for something else [intrinsic-reference]}}
  wasm.memory @rt.trap : !wasm.memory<1>
  wasm.func @f(%s: i32) {
    async_intrinsic.waitable_set.drop %s {instance = @p}
    wasm.return
  }
}

// -----

component.root @own_function flattened {
  component.instance_of @p
  // expected-error @+1 {{'wasm.func' op "rt.waitable_set_drop" is a name of Meld's own, for something else [intrinsic-reference]}}
  wasm.func @rt.waitable_set_drop() {
    wasm.return
  }
  wasm.func @f(%s: i32) {
    async_intrinsic.waitable_set.drop %s {instance = @p}
    wasm.return
  }
}
