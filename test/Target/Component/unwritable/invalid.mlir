// What is written is valid: what no verifier of one op sees is found in the
// bytes, and reported at its definition. There is no output then.
// RUN: meld-translate --mlir-to-component --split-input-file --verify-diagnostics %s

component.root @module_type {
  %m = component.type.core_module {
  }
  // expected-error @below {{core type index 0 is a module type [type-kind]}}
  %e = component.type.core_rec (%m) <final struct(ref null 0)> -> core_type
}

// -----

component.root @own_supertype {
  %m = component.type.core_module {
  }
  // expected-error @below {{a supertype stands before its subtypes [subtype]}}
  %e = component.type.core_rec () <sub 0 struct(ref null 0)> -> core_type
}

// -----

component.root @own_continuation {
  // expected-error @below {{is a continuation of what is no function [type-kind]}}
  %p = component.type.core_rec () <final cont 0> -> core_type
}
