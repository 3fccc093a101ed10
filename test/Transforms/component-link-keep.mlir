// RUN: meld-opt %s --component-link=export=a:b/feed@1.0.0 | FileCheck %s
// RUN: meld-opt %s --component-link=export=a:b/feed@1.0.0,more | FileCheck %s --check-prefixes=CHECK,MORE
// RUN: meld-opt %s --component-link | FileCheck %s --check-prefix=NONE

// CHECK: %[[FEED:.*]] = component.alias instance
// CHECK: component.instantiate %{{.*}} with "a:b/feed@1.2.0" = instance %[[FEED]], "more" = instance %[[MORE:.*]]
// CHECK: component.export "a:b/feed@1.0.0" instance %[[FEED]]
// MORE:  component.export "more" instance %[[MORE]]
// NONE:     component.component "maker" {
// NONE:     component.export "more"
// NONE-NOT: component.export
component.root @user {
  %t = component.type.instance {
  }
  %f = component.import "a:b/feed@1.2.0" instance %t
  %m = component.import "more" instance %t
}
component.root @maker {
  %b = component.bundle none
  %f = component.export "a:b/feed@1.0.0" instance %b
  %m = component.export "more" instance %b
}
