//===- EdgeStreams.h - streams and futures that the host holds --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// E2 to E6 and E10 of docs/HostABI.md: readable ends cross the edge. What
// guests read and write then goes through imports of `pulseengine:async`.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGESTREAMS_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGESTREAMS_H

#include "Abi.h"
#include "Code.h"

namespace meld::lowering {

/// Whether streams and futures can cross the edge: not in a program that
/// becomes a component.
bool canCrossEdge(component::TargetAttr target);

/// Whether a function at the edge of the root of `symbols`, which is not
/// lowered yet, has streams or futures among its values; or such of which the
/// elements are lifted.
bool passesEnds(const mlir::SymbolTable &symbols, bool onlyLifted = false);

/// An import of `pulseengine:async` for streams or futures, which `type` is one
/// of: the name without `stream` or `future`.
mlir::FlatSymbolRefAttr getEdgeImport(Program &program, mlir::Type type,
                                      llvm::StringRef name,
                                      mlir::TypeRange inputs,
                                      mlir::TypeRange results);

/// Gives the host a readable end that has been lifted: the result is the host's
/// number of it.
mlir::Value giveEnd(Code &code, mlir::Type type, mlir::Value stream);
/// Puts the readable end that the host gives by its number into the table of
/// `to`.
mlir::Value takeEnd(Code &code, mlir::Type type, mlir::Value number,
                    mlir::FlatSymbolRefAttr to);

/// In `__callback`: passes the event on, where the program has ends of the
/// host's. It is called before anything runs.
void passEvent(Code &code, mlir::Value number);

struct EdgeElements;

/// Makes the thunk by which the runtime asks the host, if `giveEnd` or
/// `takeEnd` was called; and exports the memories that it names. `elements` are
/// the functions for those that are lifted (EdgeElements.h).
void makeEdgeThunk(Program &program, Abi &abi,
                   llvm::ArrayRef<EdgeElements> elements);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGESTREAMS_H
