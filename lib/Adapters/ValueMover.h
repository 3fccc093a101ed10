//===- ValueMover.h - one value, lifted and lowered -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_ADAPTERS_VALUEMOVER_H
#define MELD_LIB_ADAPTERS_VALUEMOVER_H

#include "Shared.h"

namespace meld::adapters {

/// Where a value is lifted from: an address in memory, or else core values, of
/// which lifting takes those in front.
struct Source {
  mlir::Value address;
  uint64_t offset = 0;
  llvm::SmallVector<mlir::Value> values = {};
  size_t next = 0;

  mlir::Value take() { return values[next++]; }
  Source at(uint64_t delta) const { return {address, offset + delta}; }
};

/// Where a value is lowered to: an address, or else core values, which lowering
/// appends.
struct Target {
  mlir::Value address;
  uint64_t offset = 0;
  llvm::SmallVector<mlir::Value> values = {};

  Target at(uint64_t delta) const { return {address, offset + delta}; }
};

/// Writes the code that moves values of any type over one route. Types that
/// would be long are moved by shared functions, one for each way of passing the
/// value, so the code is as long as the distinct types are.
class ValueMover {
public:
  ValueMover(Adapters &adapters, const Route &route, Code &code);

  /// Lifts a value from `source` and lowers it to `target`. Ranges and
  /// alignment of memory on both sides have been checked for the whole value.
  void move(mlir::Type type, Source &source, Target &target);

  /// The same, never by a function of its own for `type` itself.
  void moveInline(mlir::Type type, Source &source, Target &target);

private:
  void moveScalar(mlir::Type type, const component::Shape &shape,
                  Source &source, Target &target);
  void movePair(const component::Shape &shape, Source &source, Target &target);
  void moveFields(mlir::Type type, const component::Shape &shape,
                  Source &source, Target &target);
  void moveRepeated(const component::Shape &shape, Source &source,
                    Target &target);
  void moveCases(mlir::Type type, const component::Shape &shape, Source &source,
                 Target &target);
  void moveByFunction(mlir::Type type, Source &source, Target &target);

  mlir::Value lift(mlir::Type type, const component::Shape &shape,
                   Source &source);
  void lower(const component::Shape &shape, mlir::Value value, Target &target);

  Adapters &adapters;
  const Route &route;
  Code &code;
  component::Layout &fromLayout, &toLayout;
};

} // namespace meld::adapters

#endif // MELD_LIB_ADAPTERS_VALUEMOVER_H
