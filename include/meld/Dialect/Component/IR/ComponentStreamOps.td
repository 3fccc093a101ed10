//===- ComponentStreamOps.td - stream and future built-ins -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_COMPONENTSTREAMOPS_TD
#define MELD_DIALECT_COMPONENT_IR_COMPONENTSTREAMOPS_TD

include "meld/Dialect/Component/IR/ComponentCanon.td"

// One op per row of the families `stream` and `future` in Canon.td.
foreach c = !listconcat(CanonFamily<"stream">.ret, CanonFamily<"future">.ret) in
def Component_ # c # Op : Component_CanonOp<c>;

#endif // MELD_DIALECT_COMPONENT_IR_COMPONENTSTREAMOPS_TD
