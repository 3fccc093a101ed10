// RUN: meld-opt %s | FileCheck %s

// CHECK: module {
module {}
