// RUN: meld-opt %s --component-flatten --split-input-file --verify-diagnostics

// type-kind: verifiers do not see what an alias is of.
component.root @value {
  %d = component.type.func ()
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a value type, found `func()` [type-kind]}}
  %s = component.type.stream %t
}

// -----

component.root @function {
  %d = component.type.stream u8
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a function type, found '!component.stream<u8>' [type-kind]}}
  %f = component.import "f" func %t
}

// -----

component.root @resource {
  %d = component.type.stream u8
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a resource type, found '!component.stream<u8>' [type-kind]}}
  %r = component.resource.drop %t
}

// -----

component.root @stream {
  %d = component.type.future u8
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a stream, found '!component.future<u8>' [type-kind]}}
  %n = component.stream.new %t
}

// -----

component.root @future {
  %d = component.type.stream u8
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a future, found '!component.stream<u8>' [type-kind]}}
  %n = component.future.new %t
}

// -----

component.root @own_resource {
  %d = component.type.resource i32
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a value type, found a resource type [type-kind]}}
  %n = component.type.list %t
}

// -----

component.root @instance {
  %d = component.type.stream u8
  %b = component.bundle "t" = type %d
  // expected-note @+1 {{the type}}
  %t = component.alias type %b "t"
  // expected-error @+1 {{a type is of the kind that its place demands: wanted an instance type, found '!component.stream<u8>' [type-kind]}}
  %i = component.import "i" instance %t
}

// -----

component.root @argument {
  %C = component.component "c" {
    %d = component.type.instance {
    }
    %b = component.bundle "t" = type %d
    // expected-note @+1 {{the type}}
    %t = component.alias type %b "t"
    // expected-error @+1 {{wanted a function type, found a `component.type.instance` [type-kind]}}
    %f = component.import "f" func %t
  }
  %ft = component.type.func ()
  %f = component.import "f" func %ft
  %c = component.instantiate %C with "f" = func %f
}

// -----

// missing-export: an alias has the sort of what it is of.
component.root @alias {
  %C = component.component "c" {
    %b = component.bundle none
    %e = component.export "b" instance %b
  }
  %c = component.instantiate %C
  // expected-error @+1 {{`alias` of an export has its sort: "b" is no `func` [missing-export]}}
  %f = component.alias func %c "b"
}

// -----

component.root @core_alias {
  wasm.module @m {
    wasm.export "f" : () -> ()
  }
  %m = component.core_module @m
  %i = component.core_instantiate %m
  // expected-error @+1 {{`alias` of an export has its sort: "f" is no `core_tag` [missing-export]}}
  %f = component.core_alias core_tag %i "f"
}
