//===- Rewrapped.h - resources of a component made again --------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Under `edge = component` the program is the core module of a component, which
// defines the resources that the program exports: what they stand for there is
// the index that the host has for them here. Handles to them come and go by the
// built-ins that tools in the style of wit-component give to a module:
// `[resource-new]r`, `[resource-rep]r`, `[resource-drop]r` of `[export]ns:p/i`.
//
// Who is lent such a resource gets what it stands for, so that only `own` needs
// them. No import has one in its type: imports do not depend on exports.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_REWRAPPED_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_REWRAPPED_H

#include "Code.h"

namespace meld::lowering {

/// Whether a component made of the program defines `resource`.
bool isRewrapped(Program &program, component::ResourceOp resource);

/// The name of its destructor as an export.
std::string getRewrappedDtorName(component::ResourceOp resource);

/// A new handle for the host's `index`.
mlir::Value giveRewrapped(Code &code, component::ResourceOp resource,
                          mlir::Value index);
/// The index behind a handle that the host gave, which ends; its destructor is
/// called and has to do nothing.
mlir::Value takeRewrapped(Code &code, component::ResourceOp resource,
                          mlir::Value handle);
/// Emits the beginning of the destructor: it returns where a handle ends whose
/// resource lives on.
void returnIfTaken(Code &code);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_REWRAPPED_H
