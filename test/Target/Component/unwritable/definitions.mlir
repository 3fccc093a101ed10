// Rule not-writable: each definition that the binary format cannot say, all in
// one run.
// RUN: meld-translate --mlir-to-component --split-input-file --verify-diagnostics %s

component.root @r {
  // expected-error @below {{'wasm.module' op is declared: it has no bytes [not-writable]}}
  wasm.module @declared {
    wasm.export "f" : () -> i32
  }
  wasm.module @early {
    // expected-error @below {{'wasm.import' op has a type that is not core [not-writable]}}
    wasm.import @f "" "f" : !component.func_type<()>
    wasm.func @g() {
      wasm.return
    }
  }
  // expected-error @below {{'wasm.func' op is no definition that a component can hold [not-writable]}}
  wasm.func @loose() {
    wasm.return
  }
  %m = component.core_module @declared
  %i = component.core_instantiate %m
  %f = component.core_alias core_func %i "f"
  %e = component.core_module @early
  %t = component.type.func async ()
  // expected-error @below {{'component.lift' op has a `step` function, which only `--component-flatten` can read [not-writable]}}
  %l = component.lift %f as %t async step %f
  // expected-error @below {{'component.core_bundle' op has a component function, which a core instance cannot have [not-writable]}}
  %b = component.core_bundle "f" = func %l
  // expected-error @below {{'component.lower' op has thunks, which only `--component-flatten` can read [not-writable]}}
  %o = component.lower %l start %f return %f
  // expected-error @below {{'component.type.core_func' op has a type that is not core [not-writable]}}
  %c = component.type.core_func (i33) -> ()
  %ct = component.type.core_module {
    // expected-error @below {{'component.core_import_decl' op has a type that is not core [not-writable]}}
    component.core_import_decl "" "t" : !wasm.tag<(index) -> ()>
    // expected-error @below {{'component.type.list' op cannot stand in the type of a core module [not-writable]}}
    %x = component.type.list u8
  }
  %it = component.type.instance {
    // expected-error @below {{'component.waitable_set.new' op cannot stand in a component or instance type [not-writable]}}
    %x = component.waitable_set.new
  }
}

// -----

component.root @exports {
  %t = component.type.func ()
  // expected-error @below {{'component.export_decl' op declares an export, which only a type does [not-writable]}}
  %d = component.export_decl "f" func %t
  %it = component.type.instance {
    %u = component.type.func ()
    // expected-error @below {{'component.export' op is an export of a definition, which a type does not have [not-writable]}}
    %e = component.export "t" type %u
  }
}
