// RUN: meld-opt %s --set-target="memory=single trap-info=none" | FileCheck %s
// RUN: meld-opt %s --set-target=memory=single --set-target=trap-info=none | FileCheck %s
// RUN: meld-opt %s --set-target="spec= memory=single trap-info=none" | FileCheck %s
// RUN: meld-opt %s --set-target | FileCheck %s --check-prefix=DEFAULT
// RUN: not meld-opt %s --set-target=memory=triple 2>&1 | FileCheck %s --check-prefix=ERROR

// CHECK: component.root @r target <memory = single, trap_info = none> {
// DEFAULT: component.root @r target #component.target {
// ERROR: error: 'component.root' op option `memory` has no value "triple": one memory per component, or one memory with a region for each; one of: multi single [target-option]
component.root @r {
}

// An option that is not given leaves the value as it was.
// CHECK: component.root @s target <spec = "2026-08", memory = single, trap_info = none, start = section> {
component.root @s target <spec = "2026-08", start = section> {
}
