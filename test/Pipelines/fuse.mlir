// The pipeline of all passes, and its options: those of the target, and what is
// exported beside what nothing imports.

// RUN: meld-opt --fuse="memory=single trap-info=none export=a,b strip-dead sections=all" --dump-pass-pipeline %s -o /dev/null 2>&1 | FileCheck %s
// RUN: not meld-opt --fuse=memry=single %s 2>&1 | FileCheck %s --check-prefix=OPTION
// RUN: not meld-opt --fuse=memory=triple %s 2>&1 | FileCheck %s --check-prefix=WORD

// CHECK:      component-link{export={a,b}},
// CHECK-NEXT: component.root(
// CHECK-NEXT: set-target{{{.*}} memory=single {{.*}} trap-info=none unsupported=},
// CHECK-NEXT: component-flatten,
// CHECK-NEXT: lower-calls{},
// CHECK-NEXT: lower-resources{},
// CHECK-NEXT: lower-streams,
// CHECK-NEXT: lower-futures,
// CHECK-NEXT: lower-threads,
// CHECK-NEXT: lower-tasks,
// CHECK-NEXT: lower-callbacks
// CHECK:      wasm-merge{sections=all strip-dead=true}
// OPTION: no such option memry
// WORD: error: 'component.root' op option `memory` has no value "triple": one memory per component, or one memory with a region for each; one of: multi single [target-option]
component.root @r {
  %b = component.bundle none
  %a = component.export "a" instance %b
  %c = component.export "b" instance %b
}
