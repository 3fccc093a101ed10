// Results are named after their definitions. A name that is no identifier is
// escaped in the name of the value, and stays as it is in the op.

// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s | meld-opt | FileCheck %s

component.root @names {
  %t = component.type.func ()
  // CHECK: %ns3Ap2Ff40{{.*}} = component.import "ns:p/f@1.2.3" func
  %0 = component.import "ns:p/f@1.2.3" func %t
  // CHECK: = component.import "[method]a.b" func
  %1 = component.import "[method]a.b" func %t
  // CHECK: = component.import "\1B[31m\0A" func
  %2 = component.import "\1B[31m\0A" func %t
  // CHECK: = component.import "" func
  %3 = component.import "" func %t
}
