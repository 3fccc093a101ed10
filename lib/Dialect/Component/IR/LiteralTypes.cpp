//===- LiteralTypes.cpp - types as literals see them ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LiteralTypes.h"
#include "meld/Support/Limits.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

static LiteralKind kindOfKeyword(StringRef keyword) {
  static constexpr llvm::StringLiteral words[] = {
      "bool", "s8",  "u8",  "s16", "u16",  "s32",   "u32",
      "s64",  "u64", "f32", "f64", "char", "string"};
  const auto *found = llvm::find(words, keyword);
  return found == std::end(words)
             ? LiteralKind::None
             : static_cast<LiteralKind>(found - std::begin(words));
}

/// How many more definitions are followed; ops in front of one that is being
/// parsed are not verified, and chains of them are long in hostile input.
using Steps = unsigned;

static Value exportOf(Value instance, StringRef name, Steps &steps);

/// The definition of a type, through aliases, imports and exports.
static Operation *definitionOf(Value value, Steps &steps) {
  for (; value && steps; --steps) {
    Operation *op = value.getDefiningOp();
    if (auto alias = dyn_cast_if_present<AliasOp>(op)) {
      auto name = op->getAttrOfType<StringAttr>("name");
      bool isWhole = name && op->getNumOperands() == 1;
      value = isWhole ? exportOf(op->getOperand(0), name, --steps) : Value();
      if (!steps)
        break;
      continue;
    }
    if (!op || !isa<AliasOuterOp, ExportOp, ImportOp, ExportDeclOp>(op))
      return op;
    // An export may have the ascribed type behind the definition.
    unsigned operands = op->getNumOperands();
    value = operands ? op->getOperand(operands - 1) : Value();
  }
  return nullptr;
}

static Operation *definitionOf(Value value) {
  Steps steps = limits::nesting;
  return definitionOf(value, steps);
}

/// What an instance exports under `name`, if it is known by its type, by the
/// component that it is of, or as a bundle. Long lists are not looked through.
static Value exportOf(Value instance, StringRef name, Steps &steps) {
  Operation *op = definitionOf(instance, steps);
  if (auto bundle = dyn_cast_if_present<BundleOp>(op)) {
    auto names = op->getAttrOfType<ArrayAttr>("names");
    if (!names || names.size() != op->getNumOperands() ||
        names.size() > limits::parameters)
      return {};
    for (auto [each, member] : llvm::zip_equal(names, op->getOperands()))
      if (auto text = dyn_cast<StringAttr>(each); text && text == name)
        return member;
    return {};
  }
  if (op && isa<InstantiateOp>(op) && op->getNumOperands())
    op = definitionOf(op->getOperand(0), steps);
  if (!op || !isa<TypeInstanceOp, TypeComponentOp, ComponentOp>(op) ||
      op->getRegion(0).empty())
    return {};
  unsigned seen = 0;
  for (Operation &each : op->getRegion(0).front()) {
    if (++seen > limits::parameters)
      break;
    if (isa<ExportOp, ExportDeclOp>(each) && each.getNumResults() == 1 &&
        each.getAttrOfType<StringAttr>("name") == name)
      return each.getResult(0);
  }
  return {};
}

/// The elements of a list: keywords, "none", or empty for the next operand.
static LogicalResult elements(Operation *op, TypeNode &node) {
  auto prims = op->getAttrOfType<ArrayAttr>("prims");
  // A value has a part for each of a record or tuple, but one of a variant.
  uint32_t limit = isa<TypeVariantOp>(op) ? limits::parameters : limits::labels;
  if (!prims || prims.size() > limit)
    return failure();
  unsigned operand = 0;
  for (Attribute each : prims) {
    auto prim = dyn_cast<StringAttr>(each);
    if (!prim || (prim.empty() && operand == op->getNumOperands()))
      return failure();
    if (prim.getValue() == "none")
      node.parts.push_back(std::nullopt);
    else if (prim.empty())
      node.parts.push_back(TypeUse{op->getOperand(operand++), {}});
    else
      node.parts.push_back(TypeUse{{}, prim.getValue()});
  }
  return success();
}

/// One element: `prim`, else the operand, else nothing.
static std::optional<TypeUse> element(Operation *op, StringRef prim,
                                      unsigned &operand) {
  if (auto keyword = op->getAttrOfType<StringAttr>(prim))
    return TypeUse{{}, keyword.getValue()};
  if (operand < op->getNumOperands())
    return TypeUse{op->getOperand(operand++), {}};
  return std::nullopt;
}

/// Ok and error. Without a keyword one operand may be either; the segments say
/// which.
static LogicalResult results(TypeResultOp op, TypeNode &node) {
  ArrayRef<int32_t> segments = op.getProperties().operandSegmentSizes;
  unsigned operand = 0, operands = op->getNumOperands();
  if (segments[0] < 0 || segments[1] < 0 ||
      unsigned(segments[0]) + unsigned(segments[1]) != operands)
    return failure();
  StringRef prims[] = {"ok_prim", "error_prim"};
  for (auto [prim, count] : llvm::zip(prims, segments))
    node.parts.push_back(op->hasAttr(prim) || count ? element(op, prim, operand)
                                                    : std::nullopt);
  return success();
}

/// What the definition `op` is; of kind None where it is not known.
static TypeNode readNode(Operation *op) {
  TypeNode node;
  unsigned operand = 0;
  LogicalResult read = success();
  if (isa<TypeRecordOp, TypeVariantOp, TypeTupleOp>(op))
    read = elements(op, node);
  else if (auto result = dyn_cast<TypeResultOp>(op))
    read = results(result, node);
  else if (isa<TypeListOp, TypeOptionOp>(op))
    node.parts.push_back(element(op, "prim", operand));
  node.names = op->getAttrOfType<ArrayAttr>("names");
  bool isLabelled =
      isa<TypeRecordOp, TypeVariantOp, TypeFlagsOp, TypeEnumOp>(op);
  if (isLabelled && !node.names)
    read = failure();
  if (isa<TypeRecordOp, TypeVariantOp>(op) && succeeded(read) &&
      node.names.size() != node.parts.size())
    read = failure();
  if (failed(read))
    return {};
  bool isFixed = isa<TypeListOp>(op) && op->hasAttr("length");
  node.kind = llvm::TypeSwitch<Operation *, LiteralKind>(op)
                  .Case([](TypeRecordOp) { return LiteralKind::Record; })
                  .Case([](TypeVariantOp) { return LiteralKind::Variant; })
                  .Case([&](TypeListOp) {
                    return isFixed ? LiteralKind::None : LiteralKind::List;
                  })
                  .Case([](TypeTupleOp) { return LiteralKind::Tuple; })
                  .Case([](TypeFlagsOp) { return LiteralKind::Flags; })
                  .Case([](TypeEnumOp) { return LiteralKind::Enum; })
                  .Case([](TypeOptionOp) { return LiteralKind::Option; })
                  .Case([](TypeResultOp) { return LiteralKind::Result; })
                  .Default(LiteralKind::None);
  return node;
}

const TypeNode &LiteralTypes::node(TypeUse use) {
  Operation *op = use.value ? definitionOf(use.value) : nullptr;
  LiteralKind primitive = kindOfKeyword(use.keyword);
  if (op && isa<TypePrimitiveOp>(op)) {
    if (auto prim = op->getAttrOfType<StringAttr>("prim"))
      primitive = kindOfKeyword(prim.getValue());
    op = nullptr;
  }
  auto [entry, isNew] = nodes.try_emplace({op, primitive});
  TypeNode &node = entry->second;
  if (isNew && op)
    node = readNode(op);
  else if (isNew)
    node.kind = primitive;
  return node;
}
