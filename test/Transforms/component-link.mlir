// RUN: meld-opt %s --component-link --split-input-file | FileCheck %s

// The consumer stands first, and is instantiated last. What satisfied an import
// is not exported; component-link-keep.mlir keeps it.
// CHECK-LABEL: component.root @linked
// CHECK:       wasm.module @main {
// CHECK-NEXT:    wasm.import "feed" "produce"
// CHECK:       wasm.module @producer_main {
// CHECK-NEXT:    wasm.export "produce"
// CHECK:       %[[C:.*]] = component.component "consumer" {
// CHECK:         component.core_module @main
// CHECK:       %[[P:.*]] = component.component "producer" {
// CHECK:         component.core_module @producer_main
// CHECK:       %[[PI:.*]] = component.instantiate %[[P]]
// CHECK-NEXT:  %[[FEED:.*]] = component.alias instance %[[PI]] "feed"
// CHECK-NEXT:  %[[CI:.*]] = component.instantiate %[[C]] with "feed" = instance %[[FEED]]
// CHECK-NEXT:  %[[EXPORTED:.*]] = component.alias func %[[CI]] "run"
// CHECK-NEXT:  component.export "run" func %[[EXPORTED]]
// CHECK-NOT:   component.export
component.root @consumer {
  wasm.module @main {
    wasm.import "feed" "produce" : () -> i32
    wasm.export "run" : () -> i32
  }
  %it = component.type.instance {
    %t = component.type.func () -> u32
    %x = component.export_decl "produce" func %t
  }
  %feed = component.import "feed" instance %it
  %produce = component.alias func %feed "produce"
  %low = component.lower %produce
  %env = component.core_bundle "produce" = core_func %low
  %m = component.core_module @main
  %i = component.core_instantiate %m with "feed" = %env
  %f = component.core_alias core_func %i "run"
  %t = component.type.func () -> u32
  %run = component.lift %f as %t
  %e = component.export "run" func %run
}
component.root @producer {
  wasm.module @main {
    wasm.export "produce" : () -> i32
  }
  %m = component.core_module @main
  %i = component.core_instantiate %m
  %f = component.core_alias core_func %i "produce"
  %t = component.type.func () -> u32
  %produce = component.lift %f as %t
  %b = component.bundle "produce" = func %produce
  %e = component.export "feed" instance %b
}

// -----

// Compatible versions: 0.2.3 and 0.2.1 are, so the newest of 0.2.0 and 0.2.5
// serves both but the one that names 0.2.0; 0.3.0 is another interface.
// CHECK-LABEL: component.root @linked
// CHECK:       %[[OLD:.*]] = component.alias instance %{{.*}} "a:b/c@0.2.0"
// CHECK-NEXT:  %[[D:.*]] = component.alias instance %{{.*}} "a:b/d@1.10.0"
// CHECK:       %[[I:.*]] = component.import "a:b/c@0.3.0" instance
// CHECK-NEXT:  component.instantiate %{{.*}} with "a:b/c@0.2.0" = instance %[[OLD]], "a:b/d@1.2.0" = instance %[[D]], "a:b/c@0.3.0" = instance %[[I]]
// CHECK:       %[[NEW:.*]] = component.alias instance %{{.*}} "a:b/c@0.2.5"
// CHECK-NEXT:  component.instantiate %{{.*}} with "a:b/c@0.2.1" = instance %[[NEW]]
// CHECK-NOT:   component.export
component.root @user {
  %t = component.type.instance {
  }
  %c = component.import "a:b/c@0.2.0" instance %t
  %d = component.import "a:b/d@1.2.0" instance %t
  %e = component.import "a:b/c@0.3.0" instance %t
}
component.root @other {
  %t = component.type.instance {
  }
  %c = component.import "a:b/c@0.2.1" instance %t
}
component.root @old {
  %b = component.bundle none
  %c = component.export "a:b/c@0.2.0" instance %b
  %d = component.export "a:b/d@1.10.0" instance %b
}
component.root @new {
  %b = component.bundle none
  %c = component.export "a:b/c@0.2.5" instance %b
}

// -----

// What nothing satisfies is imported once, under the newest name, with all that
// one of the inputs wants. Types of the interfaces are copied with what they
// use of other interfaces, which are imported before.
// CHECK-LABEL: component.root @linked
// CHECK:       component.component "waiter" {
// CHECK:       component.import "w:i/streams@0.2.3"
// CHECK-NEXT:  }
// CHECK-NEXT:  %[[POLLT:.*]] = component.type.instance {
// CHECK-NEXT:    component.export_decl "pollable" type sub resource
// CHECK-NEXT:  }
// CHECK:       %[[POLL:.*]] = component.import "w:i/poll@0.2.4" instance %[[POLLT]]
// CHECK:       %[[R:.*]] = component.alias type %[[POLL]] "pollable"
// CHECK:       %[[IOT:.*]] = component.type.instance {
// CHECK-NEXT:    %[[S:.*]] = component.export_decl "stream" type sub resource
// CHECK-NEXT:    %[[B:.*]] = component.type.borrow %[[S]]
// CHECK-NEXT:    %[[RT:.*]] = component.type.func (self: %[[B]])
// CHECK-NEXT:    component.export_decl "read" func %[[RT]]
// CHECK-NEXT:    %[[O:.*]] = component.alias_outer type %[[R]]
// CHECK-NEXT:    %[[OWN:.*]] = component.type.own %[[O]]
// CHECK-NEXT:    %[[B2:.*]] = component.type.borrow %[[S]]
// CHECK-NEXT:    %[[ST:.*]] = component.type.func (self: %[[B2]]) -> %[[OWN]]
// CHECK-NEXT:    component.export_decl "subscribe" func %[[ST]]
// CHECK-NEXT:  }
// CHECK:       %[[IO:.*]] = component.import "w:i/streams@0.2.3" instance %[[IOT]]
// CHECK-NEXT:  component.instantiate %{{.*}} with "w:i/streams@0.2.1" = instance %[[IO]]
// CHECK-NEXT:  component.instantiate %{{.*}} with "w:i/poll@0.2.4" = instance %[[POLL]], "w:i/streams@0.2.3" = instance %[[IO]]
component.root @reader {
  %it = component.type.instance {
    %s = component.export_decl "stream" type sub resource
    %b = component.type.borrow %s
    %rt = component.type.func (self: %b)
    %r = component.export_decl "read" func %rt
  }
  %i = component.import "w:i/streams@0.2.1" instance %it
}
component.root @waiter {
  %pt = component.type.instance {
    %p = component.export_decl "pollable" type sub resource
  }
  %p = component.import "w:i/poll@0.2.4" instance %pt
  %r = component.alias type %p "pollable"
  %it = component.type.instance {
    %s = component.export_decl "stream" type sub resource
    %o = component.alias_outer type %r
    %own = component.type.own %o
    %b = component.type.borrow %s
    %st = component.type.func (self: %b) -> %own
    %sub = component.export_decl "subscribe" func %st
  }
  %i = component.import "w:i/streams@0.2.3" instance %it
}

// -----

// The type of an import may use a type that another input exports: then that
// input is instantiated first.
// CHECK-LABEL: component.root @linked
// CHECK:       %[[MAKER:.*]] = component.instantiate
// CHECK-NEXT:  %[[R:.*]] = component.alias type %[[MAKER]] "r"
// CHECK-NEXT:  %[[OWN:.*]] = component.type.own %[[R]]
// CHECK-NEXT:  %[[FT:.*]] = component.type.func (x: %[[OWN]])
// CHECK-NEXT:  %[[F:.*]] = component.import "take" func %[[FT]]
// CHECK-NEXT:  component.instantiate %{{.*}} with "r" = type %[[R]], "take" = func %[[F]]
component.root @user {
  %r = component.import "r" type sub resource
  %own = component.type.own %r
  %ft = component.type.func (x: %own)
  %f = component.import "take" func %ft
}
component.root @maker {
  %r = component.type.resource i32
  %e = component.export "r" type %r
}

// -----

// A single root stays as it is; so does one with the options of its own.
// CHECK-LABEL: component.root @alone
// CHECK-NEXT:  %[[T:.*]] = component.type.func ()
// CHECK-NEXT:  %[[F:.*]] = component.import "f" func %[[T]]
// CHECK-NEXT:  component.export "feed" func %[[F]]
component.root @alone target <memory = single> {
  %t = component.type.func ()
  %f = component.import "f" func %t
  %e = component.export "feed" func %f
}
