//===- ComponentDocs.td - all families, for the page of ops -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "meld/Dialect/Component/IR/ComponentScopeOps.td"
include "meld/Dialect/Component/IR/ComponentTypeOps.td"
include "meld/Dialect/Component/IR/ComponentLiftOps.td"
include "meld/Dialect/Component/IR/ComponentHandleOps.td"
include "meld/Dialect/Component/IR/ComponentTaskOps.td"
include "meld/Dialect/Component/IR/ComponentStreamOps.td"
include "meld/Dialect/Component/IR/ComponentThreadOps.td"
include "meld/Dialect/Component/IR/ComponentFlatOps.td"
