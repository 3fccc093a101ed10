// RUN: meld-opt %s --component-link=export=run --split-input-file --verify-diagnostics

// link-export
component.root @a {
  %b = component.bundle none
  // expected-note @+1 {{the other export}}
  %e = component.export "run" instance %b
}
component.root @b {
  %b = component.bundle none
  // expected-error @+1 {{inputs export different names: "a" and "b" both export "run" [link-export]}}
  %e = component.export "run" instance %b
}

// -----

// link-cycle, one note per step
component.root @a {
  %t = component.type.instance {
  }
  // expected-note @+1 {{"a" imports "b" from "b"}}
  %i = component.import "b" instance %t
  %b = component.bundle none
  %e = component.export "a" instance %b
}
component.root @c {
  %t = component.type.instance {
  }
  // expected-error @+2 {{inputs do not need each other in a circle: "a" -> "b" -> "c" -> "a" [link-cycle]}}
  // expected-note @+1 {{"c" imports "a" from "a"}}
  %i = component.import "a" instance %t
  %b = component.bundle none
  %e = component.export "c" instance %b
  %run = component.export "run" instance %b
}
component.root @b {
  %t = component.type.instance {
  }
  // expected-note @+1 {{"b" imports "c" from "c"}}
  %i = component.import "c" instance %t
  %b = component.bundle none
  %e = component.export "b" instance %b
}

// -----

// link-cycle, of imports
component.root @a {
  %xt = component.type.instance {
    %r = component.export_decl "r" type sub resource
  }
  // expected-error @+1 {{imports do not need each other's types in a circle: the type of "x" depends on itself [link-cycle]}}
  %x = component.import "x" instance %xt
  %r = component.alias type %x "r"
  %yt = component.type.instance {
    %o = component.alias_outer type %r
    %s = component.export_decl "s" type eq %o
  }
  %y = component.import "y" instance %yt
  %b = component.bundle none
  %run = component.export "run" instance %b
}
component.root @b {
  %yt = component.type.instance {
    %s = component.export_decl "s" type sub resource
  }
  %y = component.import "y" instance %yt
  %s = component.alias type %y "s"
  %xt = component.type.instance {
    %o = component.alias_outer type %s
    %s2 = component.export_decl "r" type eq %o
  }
  %x = component.import "x" instance %xt
}

// -----

// link-target
// expected-note @+1 {{the other root}}
component.root @a target <memory = single> {
  %b = component.bundle none
  %run = component.export "run" instance %b
}
// expected-error @+1 {{roots that are linked have one target: "b" has #component.target, "a" has #component.target<memory = single> [link-target]}}
component.root @b {
}

// -----

// link-flattened
component.root @a {
}
// expected-error @+1 {{a root that is linked has definitions: "b" is flattened [link-flattened]}}
component.root @b flattened {
}

// -----

// link-keep
// expected-error @unknown {{option `export` names an export: no input exports "run" [link-keep]}}
component.root @a {
  %b = component.bundle none
  // expected-note @+1 {{"a" exports "runs"}}
  %e = component.export "runs" instance %b
}

// -----

// link-import-type
component.root @a {
  %C = component.component "c" {
    %t = component.type.list u8
    %e = component.export "t" type %t
  }
  // expected-error @+1 {{type of an import that can be said outside "a": found `component.instantiate` [link-import-type]}}
  %c = component.instantiate %C
  %t = component.alias type %c "t"
  %ft = component.type.func (x: %t)
  %f = component.import "f" func %ft
  %b = component.bundle none
  %run = component.export "run" instance %b
}
component.root @b {
}
