// RUN: meld-opt %s --split-input-file --verify-diagnostics

component.root @too_large {
  // expected-error @+1 {{expected an unsigned integer of 8 bits}}
  %v = component.value u8 256
}

// -----

component.root @negative {
  // expected-error @+1 {{expected an unsigned integer of 16 bits}}
  %v = component.value u16 -1
}

// -----

component.root @signed {
  // expected-error @+1 {{expected a signed integer of 8 bits}}
  %v = component.value s8 128
}

// -----

component.root @char {
  // expected-error @+1 {{expected one scalar value in UTF-8}}
  %v = component.value char "ab"
}

// -----

component.root @label {
  %e = component.type.enum {a, b}
  // expected-error @+1 {{expected a label of the type, found "c"}}
  %v = component.value %e c
}

// -----

component.root @field {
  %r = component.type.record {x: u8, y: u8}
  // expected-error @+1 {{expected the fields of the type in its order, found "y"}}
  %v = component.value %r {y: 1, x: 2}
}

// -----

component.root @fields {
  %r = component.type.record {x: u8, y: u8}
  // expected-error @+1 {{expected 2 fields}}
  %v = component.value %r {x: 1}
}

// -----

component.root @unknown {
  %t = component.type.instance {
    %x = component.export_decl "x" type sub resource
  }
  %i = component.import "i" instance %t
  %x = component.alias type %i "x"
  // expected-error @+1 {{expected `bytes`: the type is not known here, or its values cannot be written}}
  %v = component.value %x 5
}

// -----

// A definition in front that is no valid op yet says nothing.
component.root @not_verified {
  %r = "component.type.record"() <{names = ["x"], prims = [""]}> : () -> !component.type
  // expected-error @+1 {{expected `bytes`: the type is not known here, or its values cannot be written}}
  %v = component.value %r {x: 1}
}
