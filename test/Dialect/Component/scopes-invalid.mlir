// RUN: meld-opt %s --split-input-file --verify-diagnostics

component.root @outer {
  // expected-note @+1 {{the value is defined here}}
  %t = component.type.list u8
  %c = component.component {
    // expected-error @+1 {{uses a value from above: only `component.alias_outer` may [outer-use]}}
    %e = component.export "t" type %t
  }
}

// -----

component.root @order {
  // expected-error @+1 {{operand #0 does not dominate this use}}
  %a = component.type.list %b
  // expected-note @+1 {{operand defined here}}
  %b = component.type.list u8
}

// -----

component.root @flattened flattened {
  // expected-error @+1 {{a flattened root holds symbols, found a definition [flattened-root]}}
  %t = component.type.list u8
}

// -----

component.root @module {
  // expected-error @+1 {{wants a symbol of the root, found "m" [symbol-missing]}}
  %m = component.core_module @m
}

// -----

component.root @bundle {
  %f = component.task.cancel
  // expected-error @+1 {{wants distinct names, found "a" twice [unique-names]}}
  %i = component.core_bundle "a" = core_func %f, "a" = core_func %f
}

// -----

component.root @sort {
  // expected-error @+1 {{expected a sort, found `function`}}
  %i = component.import "a" function %f
}

// -----

component.root @primitive {
  // expected-error @+1 {{only a value has a primitive type [extern-type]}}
  %i = "component.import"() <{name = "a", prim = "u8"}> : () -> !component.func
}

// -----

component.root @module_type {
  %t = component.type.list u8
  // expected-error @+1 {{wants a type of sort `core_type`, found '!component.type' [extern-type]}}
  %i = "component.import"(%t) <{name = "a"}> : (!component.type) -> !component.core_module
}

// -----

component.root @export_primitive {
  %t = component.type.func ()
  %f = component.import "f" func %t
  // expected-error @+1 {{only a value has a primitive type [extern-type]}}
  %e = "component.export"(%f) <{name = "e", prim = "u8"}> : (!component.func) -> !component.func
}

// -----

component.root @export_both {
  %t = component.type.list u8
  %v = component.import "v" value u8
  // expected-error @+1 {{wants either an operand or the keyword of a primitive type [element-count]}}
  %e = "component.export"(%v, %t) <{name = "e", prim = "u8"}> : (!component.value, !component.type) -> !component.value
}

// -----

component.root @export_unknown_primitive {
  %v = component.import "v" value u8
  // expected-error @+1 {{wants the keyword of a primitive type, found "u7" [primitive-type]}}
  %e = "component.export"(%v) <{name = "e", prim = "u7"}> : (!component.value) -> !component.value
}

// -----

component.root @export_abstract {
  %t = component.type.list u8
  %r = component.import "r" type sub resource
  // expected-error @+1 {{`sub resource` excludes another type [extern-type]}}
  %e = component.export "e" type %r as %t sub resource
}

// -----

component.root @lift {
  %f = component.task.cancel
  %t = component.type.func async ()
  // expected-error @+1 {{option `callback` or `step` wants option `async` [callback-async]}}
  %l = component.lift %f as %t callback %f
}

// -----

component.root @both {
  %f = component.task.cancel
  %t = component.type.func async ()
  // expected-error @+1 {{options `callback` and `step` exclude each other [callback-step]}}
  %l = component.lift %f as %t async callback %f step %f
}

// -----

component.root @post_return {
  %f = component.task.cancel
  %t = component.type.func async ()
  // expected-error @+1 {{options `post_return` and `async` exclude each other [post-return-async]}}
  %l = component.lift %f as %t async post_return %f
}

// -----

component.root @realloc {
  %f = component.task.cancel
  %t = component.type.func ()
  // expected-error @+1 {{option `realloc` wants option `memory` [realloc-memory]}}
  %l = component.lift %f as %t realloc %f
}

// -----

component.root @thunks {
  %f = component.task.cancel
  %t = component.type.func ()
  %l = component.lift %f as %t
  // expected-error @+1 {{options `start` and `return` come together [thunk-pair]}}
  %g = component.lower %l start %f
}

// -----

component.root @member_attributes {
  // expected-error @+1 {{wants attributes for each of 0 values, found 1 [name-count]}}
  %b = "component.bundle"() {names = [], member_attributes = [{}]} : () -> !component.instance
}

// -----

component.root @no_module {
  wasm.func @f() {
    wasm.return
  }
  // expected-error @+1 {{wants a core module, found "f", a `wasm.func` [symbol-missing]}}
  %m = component.core_module @f
}
