// RUN: meld-opt %s --component-flatten --split-input-file --verify-diagnostics

// type-kind: text can say what no binary that is read can.
component.root @value {
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a value type [type-kind]}}
  %f = component.type.func ()
  %s = component.type.stream %f
}

// -----

component.root @function {
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a function type [type-kind]}}
  %s = component.type.stream u8
  %f = component.import "f" func %s
}

// -----

component.root @resource {
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a resource type [type-kind]}}
  %s = component.type.stream u8
  %d = component.resource.drop %s
}

// -----

component.root @stream {
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a stream [type-kind]}}
  %s = component.type.future u8
  %n = component.stream.new %s
}

// -----

component.root @future {
  // expected-error @+1 {{a type is of the kind that its place demands: wanted a future [type-kind]}}
  %s = component.type.stream u8
  %n = component.future.new %s
}

// -----

component.root @instance {
  // expected-error @+1 {{a type is of the kind that its place demands: wanted an instance type [type-kind]}}
  %s = component.type.stream u8
  %i = component.import "i" instance %s
}

// -----

component.root @argument {
  %C = component.component "c" {
    // expected-error @+1 {{a type is of the kind that its place demands: wanted a core module type [type-kind]}}
    %t = component.type.core_func () -> ()
    %m = component.import "m" core_module %t
  }
  wasm.module @m {
  }
  %m = component.core_module @m
  %c = component.instantiate %C with "m" = core_module %m
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
