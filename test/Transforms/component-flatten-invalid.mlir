// RUN: meld-opt %s --component-flatten --split-input-file --verify-diagnostics

// missing-argument
component.root @missing {
  %C = component.component "c" {
    %ft = component.type.func ()
    // expected-note @+1 {{imported here}}
    %f = component.import "f" func %ft
  }
  // expected-error @+1 {{`instantiate` gives each import: "f" is missing [missing-argument]}}
  %c = component.instantiate %C
}

// -----

// argument-type
component.root @type {
  %C = component.component "c" {
    %ft = component.type.func (n: u32)
    // expected-note @+1 {{wanted here}}
    %f = component.import "f" func %ft
  }
  %ft = component.type.func (n: u64)
  // expected-note @+1 {{given here}}
  %f = component.import "f" func %ft
  // expected-error @+1 {{an argument has the type of its import: "f" wants `func(n: u32)`, found `func(n: u64)` [argument-type]}}
  %c = component.instantiate %C with "f" = func %f
}

// -----

// argument-type, of a core import
component.root @core {
  wasm.module @a {
    wasm.export "f" : (i32) -> ()
  }
  wasm.module @b {
    // expected-note @+1 {{imported here}}
    wasm.import "a" "f" : (i64) -> ()
  }
  %am = component.core_module @a
  %bm = component.core_module @b
  %a = component.core_instantiate %am
  // expected-error @+1 {{a core import has the type of what it is given: "a" "f" wants '(i64) -> ()', found '(i32) -> ()' [argument-type]}}
  %b = component.core_instantiate %bm with "a" = %a
}

// -----

// missing-export
component.root @export {
  %C = component.component "c" {
  }
  %c = component.instantiate %C
  // expected-error @+1 {{`alias` of an export: the instance has no "f" [missing-export]}}
  %f = component.alias func %c "f"
}

// -----

// lift-type
component.root @lift {
  wasm.module @m {
    wasm.export "f" : (i64) -> ()
  }
  %m = component.core_module @m
  %i = component.core_instantiate %m
  %f0 = component.core_alias core_func %i "f"
  %ft = component.type.func (n: u32)
  // expected-error @+1 {{a lifted core function has the flattened type: wanted '(i32) -> ()', found '(i64) -> ()' [lift-type]}}
  %f = component.lift %f0 as %ft
}

// -----

// root-import
component.root @import {
  %mt = component.type.core_module {
  }
  // expected-error @+1 {{import of the root that a host cannot give: "m" is a `core_module` [root-import]}}
  %m = component.import "m" core_module %mt
}

// -----

// root-export
component.root @export {
  wasm.module @m {
  }
  %m = component.core_module @m
  // expected-error @+1 {{export of the root that a core module cannot have: "m" is not a function or an interface [root-export]}}
  %e = component.export "m" core_module %m
}


// -----

// flatten-unsupported
component.root @start {
  wasm.module "private" @m {
    wasm.func @f() {
      wasm.return
    }
    // expected-error @+1 {{start function of a module without bytes: not supported yet [flatten-unsupported]}}
    wasm.start @f
  }
  %m = component.core_module @m
  %i = component.core_instantiate %m
}

// -----

// flatten-unsupported: values
component.root @value {
  // expected-error @+1 {{definition that cannot be instantiated yet: `component.value` [flatten-unsupported]}}
  %v = component.value u8 bytes "\05"
}

// -----

component.root @value_import {
  // expected-error @+1 {{[root-import]}}
  %v = component.import "v" value u8
}

// -----

// flatten-unsupported: a representation that a borrow cannot carry
component.root @wide_representation {
  // expected-error @+1 {{resource that i64 stands for: a borrow of it has no core type in the specification yet, since i32 is too narrow [flatten-unsupported]}}
  %r = component.type.resource i64
}
