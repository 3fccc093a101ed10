// RUN: meld-opt %s --split-input-file --verify-diagnostics

component.root @unknown_primitive {
  // expected-error @+1 {{expected a primitive type, found `u7`}}
  %t = component.type.list u7
}

// -----

component.root @primitive {
  // expected-error @+1 {{wants the keyword of a primitive type, found "u7" [primitive-type]}}
  %t = "component.type.list"() <{prim = "u7"}> : () -> !component.type
}

// -----

component.root @element {
  // expected-error @+1 {{wants either an operand or the keyword of a primitive type [element-count]}}
  %t = "component.type.list"() : () -> !component.type
}

// -----

component.root @char {
  // expected-error @+1 {{a stream has no `char` [stream-char]}}
  %t = component.type.stream char
}

// -----

component.root @length {
  // expected-error @+1 {{a fixed length is at least 1, found 0 [list-length]}}
  %t = component.type.list u8 length 0
}

// -----

component.root @key {
  // expected-error @+1 {{the key is an integer, `bool`, `char` or `string`, found `f32` [map-key]}}
  %t = component.type.map f32, u8
}

// -----

component.root @empty {
  // expected-error @+1 {{wants at least one member [empty-type]}}
  %t = component.type.record {}
}

// -----

component.root @labels {
  // expected-error @+1 {{wants distinct names, found "a" twice [unique-names]}}
  %t = component.type.record {a: u8, a: u8}
}

// -----

component.root @names {
  // expected-error @+1 {{wants one name for each of 1 values, found 2 [name-count]}}
  %t = "component.type.record"() <{prims = ["u8"], names = ["a", "b"]}> : () -> !component.type
}

// -----

component.root @flags {
  // expected-error @+1 {{at most 32 flags, found 33 [flags-count]}}
  %t = component.type.flags {a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, d0, d1, d2}
}

// -----

component.root @rep {
  // expected-error @+1 {{the representation is `i32` or `i64`, found 'f32' [resource-rep]}}
  %t = component.type.resource f32
}

// -----

component.root @async_without_destructor {
  // expected-error @+1 {{`async` needs a destructor [destructor-type]}}
  %t = "component.type.resource"() <{rep = i32, async, operandSegmentSizes = array<i32: 0, 0>}> : () -> !component.type
}

// -----

component.root @callback_without_async {
  %f = component.task.cancel
  // expected-error @+1 {{`callback` needs `async` [callback-async]}}
  %t = component.type.resource i32 dtor %f callback %f
}

// -----

component.root @group_results {
  // expected-error @+1 {{has as many results as definitions, which are 1, found 2 [core-group]}}
  %t:2 = component.type.core_rec () <final struct(i32)> -> core_type, core_type
}

// -----

component.root @group_operands {
  // expected-error @+1 {{names type 1 of 1 [core-group]}}
  %t = component.type.core_rec () <final struct(ref 1)> -> core_type
}

// -----

component.root @group_bytes {
  // expected-error @+1 {{has bytes that are no recursion group [core-group]}}
  %t = "component.type.core_rec"() <{bytes = "_\01"}> : () -> !component.core_type
}

// -----

component.root @group_bytes_behind {
  // expected-error @+1 {{has bytes that are no recursion group [core-group]}}
  %t = "component.type.core_rec"() <{bytes = "_\00\00"}> : () -> !component.core_type
}

// -----

component.root @group_number {
  // expected-error @+1 {{the number of a type is below 1000000}}
  %t = component.type.core_rec () <final struct(ref 536870912)> -> core_type
}

// -----

component.root @imports {
  %t = component.type.instance {
    // expected-error @+1 {{an instance type has no imports [instance-type-import]}}
    %r = component.import "r" type sub resource
  }
}

// -----

component.root @resolved flattened {
  // expected-error @+1 {{expected a value type, found `u7`}}
  component.host_func @f "" "f" : !component.func_type<(a: u7)>
}
