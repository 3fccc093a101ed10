// RUN: meld-opt %s --split-input-file --verify-diagnostics

// type-kind: an op takes types of the kind that it wants, as far as their
// definitions can be seen. All that do not fit are reported.
component.root @values {
  // expected-note @+1 {{the type is defined here}}
  %f = component.type.func ()
  // expected-note @+1 {{the type is defined here}}
  %r = component.type.record {a: u8}
  // expected-note @+1 {{the type is defined here}}
  %res = component.type.resource i32
  // expected-error @+1 {{'component.type.list' op wants a value type, found a `component.type.func` [type-kind]}}
  %l = component.type.list %f
  // expected-error @+1 {{'component.type.func' op wants a value type, found a resource type [type-kind]}}
  %g = component.type.func (a: u8) -> %res
  // expected-error @+1 {{'component.type.own' op wants a resource type, found a `component.type.record` [type-kind]}}
  %o = component.type.own %r
  // expected-error @+1 {{'component.task.return' op wants a value type, found a `component.type.func` [type-kind]}}
  %t = component.task.return %f
  // expected-error @+1 {{'component.stream.read' op wants a stream type, found a `component.type.record` [type-kind]}}
  %s = component.stream.read %r async
}

// -----

component.root @externs {
  // expected-note @+1 {{the type is defined here}}
  %s = component.type.stream u8
  // expected-error @+1 {{'component.import' op wants a function type, found a `component.type.stream` [type-kind]}}
  %f = component.import "f" func %s
  // expected-error @+1 {{'component.import' op wants an instance type, found a `component.type.stream` [type-kind]}}
  %i = component.import "i" instance %s
  // expected-error @+1 {{'component.import' op wants a component type, found a `component.type.stream` [type-kind]}}
  %c = component.import "c" component %s
  // expected-error @+1 {{'component.resource.drop' op wants a resource type, found a `component.type.stream` [type-kind]}}
  %d = component.resource.drop %s
  // expected-error @+1 {{'component.future.new' op wants a future type, found a `component.type.stream` [type-kind]}}
  %n = component.future.new %s
  // expected-note @+1 {{the type is defined here}}
  %t = component.type.core_func () -> ()
  // expected-error @+1 {{'component.import' op wants a core module type, found a `component.type.core_func` [type-kind]}}
  %m = component.import "m" core_module %t
}

// -----

// Names are followed: through aliases of outer types, imports and exports.
component.root @named {
  // expected-note @+1 {{the type is defined here}}
  %s = component.type.stream u8
  %e = component.export "e" type %s
  %c = component.component {
    %o = component.alias_outer type %e
    %i = component.import "i" type eq %o
    // expected-error @+1 {{'component.type.borrow' op wants a resource type, found a `component.type.stream` [type-kind]}}
    %b = component.type.borrow %i
  }
}

// -----

component.root @abstract {
  // expected-note @+1 {{the type is defined here}}
  %r = component.import "r" type sub resource
  %b = component.type.own %r
  %t = component.type.instance {
    %o = component.alias_outer type %r
    // expected-error @+1 {{'component.type.option' op wants a value type, found a resource type [type-kind]}}
    %e = component.type.option %o
  }
}
