// An error of a verifier at a place in a binary, and one at a place in text.
//
// RUN: not meld-opt %s 2>&1 | FileCheck %s
// RUN: not meld-opt --diagnostics=json %s 2>&1 | FileCheck %s --check-prefix=JSON
//
// CHECK: {{^}}x.wasm:0x1a2: error: {{.*}} [empty-type]{{$}}
// CHECK-NOT: see current operation
// JSON: {{^}}{"rule":"empty-type","level":"invalid","severity":"error","file":"x.wasm","offset":418,"path":["main","feed"],"message":"{{.*}} [empty-type]","notes":[]}{{$}}
component.root @r {
  %t = component.type.flags {} loc(callsite("feed"(#wasm.at<"x.wasm", 0x1a2>) at "main"(#wasm.at<"x.wasm", 0x10>)))
}
