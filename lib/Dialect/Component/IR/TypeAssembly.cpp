//===- TypeAssembly.cpp - the text of type definitions ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

using namespace mlir;
using namespace meld::component;

using Delimiter = AsmParser::Delimiter;

//===----------------------------------------------------------------------===//
// Value types
//===----------------------------------------------------------------------===//

ParseResult meld::component::parsePrimitive(OpAsmParser &p, StringAttr &prim) {
  StringRef keyword;
  SMLoc place = p.getCurrentLocation();
  if (p.parseKeyword(&keyword))
    return failure();
  if (!getPrimitive(p.getContext(), keyword))
    return p.emitError(place, "expected a primitive type, found `")
           << keyword << "`";
  prim = p.getBuilder().getStringAttr(keyword);
  return success();
}

void meld::component::printPrimitive(OpAsmPrinter &p, Operation *,
                                     StringAttr prim) {
  p << prim.getValue();
}

ParseResult meld::component::parseValType(OpAsmParser &p, MaybeOperand &type,
                                          StringAttr &prim) {
  Operand operand;
  OptionalParseResult result = p.parseOptionalOperand(operand);
  if (!result.has_value())
    return parsePrimitive(p, prim);
  type = operand;
  return *result;
}

void meld::component::printValType(OpAsmPrinter &p, Operation *, Value type,
                                   StringAttr prim) {
  if (type)
    p << type;
  else
    p << prim.getValue();
}

ParseResult meld::component::parseOptValType(OpAsmParser &p, MaybeOperand &type,
                                             StringAttr &prim) {
  if (succeeded(p.parseOptionalKeyword("none")))
    return success();
  return parseValType(p, type, prim);
}

void meld::component::printOptValType(OpAsmPrinter &p, Operation *op,
                                      Value type, StringAttr prim) {
  if (type || prim)
    printValType(p, op, type, prim);
  else
    p << "none";
}

ParseResult meld::component::parseLength(OpAsmParser &p, IntegerAttr &length) {
  uint32_t value = 0;
  if (p.parseInteger(value))
    return failure();
  Type ui32 = p.getBuilder().getIntegerType(32, /*isSigned=*/false);
  length = IntegerAttr::get(ui32, APInt(32, value));
  return success();
}

void meld::component::printLength(OpAsmPrinter &p, Operation *,
                                  IntegerAttr length) {
  p << length.getValue().getZExtValue();
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

// A value type of a list: an operand, or an entry of `prims`.
static ParseResult parseElement(OpAsmParser &p, Operands &types,
                                SmallVectorImpl<Attribute> &prims) {
  MaybeOperand type;
  StringAttr prim = p.getBuilder().getStringAttr("");
  if (parseValType(p, type, prim))
    return failure();
  if (type)
    types.push_back(*type);
  prims.push_back(prim);
  return success();
}

static ParseResult parseLabel(OpAsmParser &p,
                              SmallVectorImpl<Attribute> &names) {
  std::string name;
  if (p.parseKeywordOrString(&name))
    return failure();
  names.push_back(p.getBuilder().getStringAttr(name));
  return success();
}

static void printLabel(OpAsmPrinter &p, Attribute name) {
  p.printKeywordOrString(cast<StringAttr>(name).getValue());
}

namespace {
/// Prints the value types of a list one after the other.
class ElementPrinter {
public:
  ElementPrinter(OpAsmPrinter &p, OperandRange types, ArrayAttr prims)
      : p(p), type(types.begin()), prim(prims.begin()) {}

  /// Whether the next element is absent (a case without payload). Passes it.
  bool skipNone() {
    if (cast<StringAttr>(*prim).getValue() != "none")
      return false;
    ++prim;
    return true;
  }
  void next() {
    StringRef keyword = cast<StringAttr>(*prim++).getValue();
    if (keyword.empty())
      p << *type++;
    else
      p << keyword;
  }

private:
  OpAsmPrinter &p;
  OperandRange::iterator type;
  ArrayAttr::iterator prim;
};
} // namespace

// Labels with value types; where `cases`, the value type may be absent.
static ParseResult parseLabelled(OpAsmParser &p, Delimiter delimiter,
                                 Operands &types,
                                 SmallVectorImpl<Attribute> &prims,
                                 SmallVectorImpl<Attribute> &names,
                                 bool cases) {
  return p.parseCommaSeparatedList(delimiter, [&]() -> ParseResult {
    if (parseLabel(p, names))
      return failure();
    if (cases && failed(p.parseOptionalColon())) {
      prims.push_back(p.getBuilder().getStringAttr("none"));
      return success();
    }
    return failure((!cases && p.parseColon()) || parseElement(p, types, prims));
  });
}

static ParseResult parseBraced(OpAsmParser &p, Operands &types,
                               ArrayAttr &prims, ArrayAttr &names, bool cases) {
  SmallVector<Attribute> primList, nameList;
  if (parseLabelled(p, Delimiter::Braces, types, primList, nameList, cases))
    return failure();
  prims = p.getBuilder().getArrayAttr(primList);
  names = p.getBuilder().getArrayAttr(nameList);
  return success();
}

static void printLabelled(OpAsmPrinter &p, ElementPrinter &elements,
                          ArrayAttr names) {
  llvm::interleaveComma(names, p, [&](Attribute name) {
    printLabel(p, name);
    if (elements.skipNone())
      return;
    p << ": ";
    elements.next();
  });
}

ParseResult meld::component::parseFields(OpAsmParser &p, Operands &types,
                                         ArrayAttr &prims, ArrayAttr &names) {
  return parseBraced(p, types, prims, names, /*cases=*/false);
}

void meld::component::printFields(OpAsmPrinter &p, Operation *op,
                                  OperandRange types, ArrayAttr prims,
                                  ArrayAttr names) {
  printCases(p, op, types, prims, names);
}

ParseResult meld::component::parseCases(OpAsmParser &p, Operands &types,
                                        ArrayAttr &prims, ArrayAttr &names) {
  return parseBraced(p, types, prims, names, /*cases=*/true);
}

void meld::component::printCases(OpAsmPrinter &p, Operation *,
                                 OperandRange types, ArrayAttr prims,
                                 ArrayAttr names) {
  ElementPrinter elements(p, types, prims);
  p << '{';
  printLabelled(p, elements, names);
  p << '}';
}

ParseResult meld::component::parseElements(OpAsmParser &p, Operands &types,
                                           ArrayAttr &prims) {
  SmallVector<Attribute> list;
  auto parseOne = [&] { return parseElement(p, types, list); };
  if (p.parseCommaSeparatedList(Delimiter::Paren, parseOne))
    return failure();
  prims = p.getBuilder().getArrayAttr(list);
  return success();
}

void meld::component::printElements(OpAsmPrinter &p, Operation *,
                                    OperandRange types, ArrayAttr prims) {
  ElementPrinter elements(p, types, prims);
  p << '(';
  llvm::interleaveComma(prims, p, [&](Attribute) { elements.next(); });
  p << ')';
}

ParseResult meld::component::parseLabels(OpAsmParser &p, ArrayAttr &names) {
  SmallVector<Attribute> list;
  auto parseOne = [&] { return parseLabel(p, list); };
  if (p.parseCommaSeparatedList(Delimiter::Braces, parseOne))
    return failure();
  names = p.getBuilder().getArrayAttr(list);
  return success();
}

void meld::component::printLabels(OpAsmPrinter &p, Operation *,
                                  ArrayAttr names) {
  p << '{';
  llvm::interleaveComma(names, p, [&](Attribute name) { printLabel(p, name); });
  p << '}';
}

ParseResult meld::component::parseSignature(OpAsmParser &p, Operands &types,
                                            ArrayAttr &prims,
                                            ArrayAttr &names) {
  SmallVector<Attribute> primList, nameList;
  if (parseLabelled(p, Delimiter::Paren, types, primList, nameList,
                    /*cases=*/false))
    return failure();
  if (succeeded(p.parseOptionalArrow()) && parseElement(p, types, primList))
    return failure();
  prims = p.getBuilder().getArrayAttr(primList);
  names = p.getBuilder().getArrayAttr(nameList);
  return success();
}

void meld::component::printSignature(OpAsmPrinter &p, Operation *,
                                     OperandRange types, ArrayAttr prims,
                                     ArrayAttr names) {
  ElementPrinter elements(p, types, prims);
  p << '(';
  printLabelled(p, elements, names);
  p << ')';
  if (prims.size() == names.size())
    return;
  p << " -> ";
  elements.next();
}
