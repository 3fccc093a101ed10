// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s | meld-opt | FileCheck %s
// RUN: meld-opt %s --emit-bytecode | meld-opt | FileCheck %s
// RUN: meld-opt %s --mlir-print-op-generic | meld-opt | FileCheck %s

component.root @lifts {
  %mt = component.type.core_module {
  }
  %cm = component.import "m" core_module %mt
  %i = component.core_instantiate %cm
  %m = component.core_alias core_memory %i "mem"
  %f0 = component.core_alias core_func %i "f"
  %ra = component.core_alias core_func %i "realloc"
  %cb = component.core_alias core_func %i "callback"
  %post = component.core_alias core_func %i "post"
  %ft = component.type.func async (n: u32)

  // CHECK: %[[F:.*]] = component.lift %f as %{{[a-z0-9_.]+}} memory %mem realloc %realloc post_return %post string_encoding utf16
  %f = component.lift %f0 as %ft memory %m realloc %ra post_return %post string_encoding utf16
  // CHECK: component.lift %f as %{{[a-z0-9_.]+}} async callback %callback memory %mem
  %g = component.lift %f0 as %ft memory %m callback %cb async
  // CHECK: component.lift %f as %{{[a-z0-9_.]+}} async step %callback
  %h = component.lift %f0 as %ft async step %cb
  // CHECK: component.lift %f as %{{[a-z0-9_.]+$}}
  %k = component.lift %f0 as %ft

  // CHECK: component.lower %[[F]] memory %mem realloc %realloc string_encoding utf8
  %l0 = component.lower %f memory %m realloc %ra string_encoding utf8
  // CHECK: component.lower %[[F]] async memory %mem start %callback return %post
  %l1 = component.lower %f async memory %m start %cb return %post
  // CHECK: component.lower %[[F]]{{$}}
  %l2 = component.lower %f
}
