//===- ValidationSubtyping.h - What may stand for what ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Subtyping (Explainer.md, Type Checking). Modules, instances and components
// may export more and import less than is wanted; all other types are equal or
// do not match. Answers are texts: empty for a match, else the path to what
// does not match, wanted and found.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_VALIDATIONSUBTYPING_H
#define MELD_LIB_TARGET_WASM_VALIDATIONSUBTYPING_H

#include "ValidationInstances.h"

namespace meld::validation {

class Subtyping {
public:
  Subtyping(InstanceStore &instances, const core::TypeTable &coreTypes)
      : instances(instances), coreTypes(coreTypes) {}

  /// Whether `found` may stand where `wanted` is declared by `declarer` under
  /// `name`; what `wanted` mentions is read under `environment`.
  std::string mismatch(const Entity &found, const Entity &wanted,
                       const Instance *declarer, llvm::StringRef name,
                       Environment *environment);
  /// Whether the instance `found` has all that `wanted` declares.
  std::string mismatch(Instance *found, Instance *wanted,
                       Environment *environment);
  /// Whether `found` has the exports, and no more imports, than `wanted`.
  std::string mismatch(const core::ModuleType &found,
                       const core::ModuleType &wanted);
  /// Whether two types are equal. Instance and component types are when each is
  /// a subtype of the other.
  std::string difference(const Type *found, const Type *wanted);

private:
  using Pair = std::pair<const Interface *, const Interface *>;
  std::string componentMismatch(const Type *found, const Type *wanted);
  std::string componentMismatchNew(const Type *found, const Type *wanted);
  std::string instanceMismatchNew(Instance *found, Instance *wanted,
                                  Environment *environment);
  bool isEnterable(std::string &why);

  InstanceStore &instances;
  const core::TypeTable &coreTypes;
  /// Answers for interfaces that mention nothing from outside.
  llvm::DenseMap<Pair, std::string> answers;
  uint32_t depth = 0;
};

} // namespace meld::validation

#endif // MELD_LIB_TARGET_WASM_VALIDATIONSUBTYPING_H
