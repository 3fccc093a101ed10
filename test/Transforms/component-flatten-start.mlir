// A start function is called by a core instance of its own, in the place of the
// definition, whose caller is no instance of the program.
//
// RUN: meld-opt %s --split-input-file --component-flatten --verify-diagnostics | FileCheck %s

// CHECK-LABEL: component.root @starts flattened
// CHECK: wasm.module "private" @start bytes
// CHECK: wasm.import "" "" : () -> ()
// CHECK: component.instance_of @root_instance
// CHECK: wasm.instance @root_m of @m
// CHECK: component.lifted @lifted in @root_instance
// CHECK: component.instance_of @instantiation{{$}}
// CHECK: component.lowered @root_start_function in @instantiation = @lifted : () -> ()
// CHECK: wasm.instance @root_start of @start with "" "" = @root_start_function
// CHECK: wasm.instance @root_m_1 of @m
// CHECK-NOT: component.instance_of
// CHECK: wasm.instance @root_start_1 of @start with "" "" = @root_start_function_1
component.root @starts {
  wasm.module @m {
    wasm.export "f" : () -> ()
  }
  %m = component.core_module @m
  %i = component.core_instantiate %m
  %f = component.core_alias core_func %i "f"
  %t = component.type.func ()
  %l = component.lift %f as %t
  component.start %l ()
  %j = component.core_instantiate %m
  component.start %l ()
}

// -----

component.root @values {
  %t = component.type.func () -> u32
  %f = component.import "f" func %t
  // expected-error @below {{start function of type `func() -> u32`: one that takes or returns values is not instantiated yet, since no code lifts or lowers values outside of a call [flatten-unsupported]}}
  %v = component.start %f () -> value
}

// -----

component.root @async {
  %t = component.type.func async ()
  %f = component.import "f" func %t
  // expected-error @below {{start function of type `async func()`: one that is asynchronous may block, which instantiation does not [flatten-unsupported]}}
  component.start %f ()
}
