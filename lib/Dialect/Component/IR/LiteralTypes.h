//===- LiteralTypes.h - types as literals see them --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_LITERALTYPES_H
#define MELD_DIALECT_COMPONENT_IR_LITERALTYPES_H

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Literals.h"
#include <map>

namespace meld::component {

/// A use of a value type: an operand, or the keyword of a primitive.
struct TypeUse {
  mlir::Value value;
  llvm::StringRef keyword;
};

/// A type definition, as far as it is known: a view of an op.
struct TypeNode {
  LiteralKind kind = LiteralKind::None;
  /// The labels; null for types without any.
  mlir::ArrayAttr names;
  /// Without a value where a case or result has no payload.
  llvm::SmallVector<std::optional<TypeUse>> parts;
};

/// The types that one value is made of; each op is looked at once. Definitions
/// are found through outer aliases, imports and exports, not through instances.
///
/// While a file is parsed the definitions in front are not verified yet, so
/// nothing is taken for granted: what is no valid definition is of kind None.
class LiteralTypes {
public:
  const TypeNode &node(TypeUse use);

private:
  std::map<std::pair<mlir::Operation *, LiteralKind>, TypeNode> nodes;
};

/// A type for `LiteralReader`.
class LiteralType {
public:
  LiteralType(LiteralTypes &types, TypeUse use)
      : types(&types), node(&types.node(use)) {}

  LiteralKind kind() const { return node->kind; }
  size_t size() const {
    return node->names ? node->names.size() : node->parts.size();
  }
  llvm::StringRef label(size_t i) const {
    auto text = llvm::dyn_cast<mlir::StringAttr>(node->names[i]);
    return text ? text.getValue() : llvm::StringRef();
  }
  std::optional<LiteralType> part(size_t i) const {
    if (i >= node->parts.size() || !node->parts[i])
      return std::nullopt;
    return LiteralType(*types, *node->parts[i]);
  }

private:
  LiteralTypes *types;
  const TypeNode *node;
};

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_LITERALTYPES_H
