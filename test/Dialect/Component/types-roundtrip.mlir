// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s

// CHECK-LABEL: component.root @definitions
component.root @definitions {
  // CHECK: %[[T:.*]] = component.type.primitive error_context
  %t = component.type.primitive error_context
  // CHECK: component.type.stream u8
  %0 = component.type.stream u8
  // CHECK: component.type.stream none
  %1 = component.type.stream none
  // CHECK: component.type.stream %[[T]]
  %2 = component.type.stream %t
  // CHECK: component.type.future none
  %3 = component.type.future none
  // CHECK: component.type.option string
  %4 = component.type.option string
  // CHECK: component.type.list f32{{$}}
  %5 = component.type.list f32
  // CHECK: component.type.list %[[T]] length 4
  %6 = component.type.list %t length 4
  // CHECK: component.type.map string, %[[T]]
  %7 = component.type.map string, %t
  // CHECK: component.type.result u8, %[[T]]
  %8 = component.type.result u8, %t
  // CHECK: component.type.result none, none
  %9 = component.type.result none, none
  // CHECK: component.type.record {a: u32, "b-c": %[[T]]}
  %10 = component.type.record {a: u32, "b-c": %t}
  // CHECK: component.type.variant {a: u32, b, c: %[[T]]}
  %11 = component.type.variant {a: u32, b, c: %t}
  // CHECK: component.type.tuple (u32, %[[T]])
  %12 = component.type.tuple (u32, %t)
  // CHECK: component.type.flags {a, "b-c"}
  %13 = component.type.flags {a, "b-c"}
  // CHECK: component.type.enum {a, b}
  %14 = component.type.enum {a, b}
  // CHECK: component.type.func async (n: u32, "to-do": %[[T]]) -> %[[T]]
  %15 = component.type.func async (n: u32, "to-do": %t) -> %t
  // CHECK: component.type.func (){{$}}
  %16 = component.type.func ()
  // CHECK: component.type.func () -> u8
  %17 = component.type.func () -> u8
}

// CHECK-LABEL: component.root @resources
component.root @resources {
  // CHECK: %[[R:.*]] = component.type.resource i32{{$}}
  %r = component.type.resource i32
  // CHECK: component.type.own %[[R]]
  %o = component.type.own %r
  // CHECK: component.type.borrow %[[R]]
  %b = component.type.borrow %r
  // CHECK: %[[D:.*]] = component.resource.drop %[[R]]
  %d = component.resource.drop %r
  // CHECK: component.type.resource i64 dtor %[[D]]
  %s = component.type.resource i64 dtor %d
  // CHECK: component.type.resource i32 dtor async %[[D]]{{$}}
  %t = component.type.resource i32 dtor async %d
  // CHECK: component.type.resource i32 dtor async %[[D]] callback %[[D]]
  %u = component.type.resource i32 dtor async %d callback %d
}

// CHECK-LABEL: component.root @scopes
component.root @scopes {
  // CHECK: component.type.instance {
  // CHECK-NEXT: component.type.func (n: u32)
  // CHECK-NEXT: component.export_decl "f" func
  %it = component.type.instance {
    %ft = component.type.func (n: u32)
    %f = component.export_decl "f" func %ft
  }
  // CHECK: component.type.component {
  // CHECK-NEXT: component.alias_outer type
  // CHECK-NEXT: component.import "i" instance
  // CHECK-NEXT: component.export_decl "r" type sub resource
  %ct = component.type.component {
    %o = component.alias_outer type %it
    %i = component.import "i" instance %o
    %r = component.export_decl "r" type sub resource
  }
  // CHECK: component.type.core_func (i32, i32) -> i32
  %cf = component.type.core_func (i32, i32) -> i32
  // CHECK: component.type.core_module {
  // CHECK-NEXT: component.core_import_decl "env" "f" : (i32) -> i32
  // CHECK-NEXT: component.core_export_decl "g" : () -> ()
  %mt = component.type.core_module {
    component.core_import_decl "env" "f" : (i32) -> i32
    component.core_export_decl "g" : () -> ()
  }
}

// CHECK-LABEL: component.root @groups
component.root @groups {
  // CHECK: %[[S:.*]] = component.type.core_rec() <sub struct(i32, mut i8)> -> core_type
  %s = component.type.core_rec () <sub struct(i32, mut i8)> -> core_type
  // CHECK: component.type.core_rec(%[[S]]) <final array(ref null 0), sub 0 struct(i32, mut i8, ref 1)> -> core_type, core_type
  %a:2 = component.type.core_rec (%s) <final array(ref null 0), sub 0 struct(i32, mut i8, ref 1)> -> core_type, core_type
  // CHECK: component.type.core_rec(%[[S]]) <final func(ref 0) -> (v128)> -> core_type
  %f = component.type.core_rec (%s) <final func(ref 0) -> (v128)> -> core_type
  // CHECK: component.type.core_rec() <>
  component.type.core_rec () <>
}

// Resolved types; what is inside may be written in full.
// CHECK-LABEL: component.root @resolved
component.root @resolved flattened {
  // CHECK: "a" : !component.func_type<async (n: u32, "to-do": string) -> stream<u8>>
  component.host_func @a "" "a" : !component.func_type<async (n: !component.u32, "to-do": string) -> stream<!component.u8>>
  // CHECK: "b" : !component.func_type<(a: record<x: f32, y: list<u8, 4>>, b: variant<p: char, q>)>
  component.host_func @b "" "b" : !component.func_type<(a: record<x: f32, y: list<u8, 4>>, b: variant<p: char, q>)>
  // CHECK: "c" : !component.func_type<(a: tuple<s8, list<bool>>, b: flags<r, w>, c: enum<x>)>
  component.host_func @c "" "c" : !component.func_type<(a: tuple<s8, list<bool>>, b: flags<r, w>, c: enum<x>)>
  // CHECK: "d" : !component.func_type<(a: option<f64>, b: result<none, string>) -> map<string, future<none>>>
  component.host_func @d "" "d" : !component.func_type<(a: option<f64>, b: result<none, string>) -> map<string, future<none>>>
  // CHECK: "e" : !component.func_type<(a: own<@r>, b: borrow<@r>) -> stream<none>>
  component.host_func @e "" "e" : !component.func_type<(a: own<@r>, b: borrow<@r>) -> stream<none>>
  component.resource @r
}
