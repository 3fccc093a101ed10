//===- Program.h - core instances, linked -----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The model that the phases of --wasm-merge share: every core entity of a
// flattened root has a number, and every index of every instance is resolved
// to one. Symbols are read once, here, and written once, by MergeEmit: nothing
// is renamed in between.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_MERGE_PROGRAM_H
#define MELD_LIB_TRANSFORMS_MERGE_PROGRAM_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Target/Wasm/GuestModule.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/Sequence.h"
#include <memory>

namespace meld::merge {

/// The index spaces of a guest, in the order of the lists of `wasm.space`. The
/// first five are `core::ExternKind`.
enum class Space : uint8_t {
  Function,
  Table,
  Memory,
  Global,
  Tag,
  Data,
  Elem,
};
inline constexpr unsigned numSpaces = 7;

/// A number of an entity of the program.
using EntityId = uint32_t;

/// A core entity or segment, defined in the root or by an instance.
struct Entity {
  Space space;
  /// The definition in the root; null if an instance defines it.
  mlir::Operation *op = nullptr;
  /// Who defines it, and as which one of those that its module defines.
  uint32_t instance = 0;
  uint32_t index = 0;
};

/// What an active segment does during instantiation.
struct ActiveSegment {
  /// The memory or table that it is copied to, and where.
  EntityId place;
  core::Expression offset;
  /// How many bytes or elements.
  uint64_t size;
};

/// An instance of a guest module.
struct Instance {
  wasm::InstanceOp op;
  wasm::ModuleOp module;
  const wasm::GuestModule *guest = nullptr;
  /// What each index means, by `Space`.
  std::array<llvm::SmallVector<EntityId, 0>, numSpaces> spaces;

  mlir::StringAttr symbol() const {
    return wasm::InstanceOp(op).getSymNameAttr();
  }
  llvm::ArrayRef<EntityId> space(Space kind) const {
    return spaces[unsigned(kind)];
  }
  /// The entities of `kind` that the instance defines, in order. An index may
  /// mean another one than it defines: see Shims.h.
  llvm::iota_range<EntityId> defined(Space kind) const {
    return llvm::seq(definitions[unsigned(kind)].first,
                     definitions[unsigned(kind)].second);
  }
  /// The ranges of `defined`.
  std::array<std::pair<EntityId, EntityId>, numSpaces> definitions;
};

/// A flattened root, linked.
class Program {
public:
  explicit Program(component::RootOp root) : root(root) {}

  /// Reads the modules that are instantiated and resolves all indices. Fails
  /// with a located error: a module without bytes, bytes that cannot be read,
  /// an argument that is missing, has another type or is not there yet.
  mlir::LogicalResult link();

  /// The entity that a symbol of the root stands for, through aliases;
  /// nothing for a symbol of anything else.
  std::optional<EntityId> lookup(mlir::StringAttr symbol) const;

  /// From now on the indices and symbols of each key mean its value. A value
  /// is no key.
  void replace(const llvm::DenseMap<EntityId, EntityId> &entities);

  /// The type of an entity that is no segment.
  mlir::Type typeOf(EntityId id) const;

  /// What the segment `id` of an instance does, if it is active; nothing for
  /// any other entity.
  std::optional<ActiveSegment> activeSegment(EntityId id) const;

  component::RootOp getRoot() const { return root; }

  std::vector<Entity> entities;
  std::vector<Instance> instances;
  /// By symbol: entities of the root, and aliases.
  llvm::MapVector<mlir::StringAttr, EntityId> symbols;
  /// The values of the globals that are known and that nothing can change.
  llvm::DenseMap<EntityId, uint64_t> constants;
  /// The globals of instances whose initial value is an object that is made for
  /// them, or for a global that they are equal to.
  llvm::DenseSet<EntityId> objects;

private:
  mlir::LogicalResult instantiate(wasm::InstanceOp op);
  mlir::LogicalResult bindImports(Instance &instance);
  mlir::LogicalResult resolveAlias(wasm::AliasOp alias);
  mlir::FailureOr<EntityId> given(wasm::InstanceOp op, mlir::StringAttr symbol);
  mlir::FailureOr<const wasm::GuestModule *> read(wasm::ModuleOp module,
                                                  wasm::InstanceOp user);
  EntityId add(Entity entity) {
    entities.push_back(entity);
    return entities.size() - 1;
  }

  component::RootOp root;
  llvm::DenseMap<mlir::StringAttr, wasm::ModuleOp> modules;
  llvm::DenseMap<mlir::StringAttr, wasm::AliasOp> aliases;
  llvm::DenseMap<mlir::StringAttr, uint32_t> instanceNumbers;
  llvm::DenseMap<mlir::StringAttr, std::unique_ptr<wasm::GuestModule>> guests;
};

/// Reports an error of a module's bytes, at their byte where the module has a
/// place.
RuleDiag report(wasm::ModuleOp module, const ReadError &error);

} // namespace meld::merge

#endif // MELD_LIB_TRANSFORMS_MERGE_PROGRAM_H
