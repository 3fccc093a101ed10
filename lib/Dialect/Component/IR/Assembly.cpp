//===- Assembly.cpp - custom directives of the assembly formats -*- C++ -*-===//
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
// Sorts
//===----------------------------------------------------------------------===//

ParseResult meld::component::parseSortName(OpAsmParser &p, Type &sort) {
  StringRef keyword;
  SMLoc place = p.getCurrentLocation();
  if (p.parseKeyword(&keyword))
    return failure();
  sort = getSort(p.getContext(), keyword);
  if (!sort)
    return p.emitError(place, "expected a sort, found `") << keyword << "`";
  return success();
}

void meld::component::printSortName(OpAsmPrinter &p, Operation *, Type sort) {
  p << getSortKeyword(sort);
}

ParseResult meld::component::parseSorted(OpAsmParser &p, Operand &value,
                                         Type &sort) {
  return failure(parseSortName(p, sort) || p.parseOperand(value));
}

void meld::component::printSorted(OpAsmPrinter &p, Operation *, Value value,
                                  Type sort) {
  p << getSortKeyword(sort) << ' ' << value;
}

ParseResult meld::component::parseReq(OpAsmParser &p, MaybeOperand &value) {
  return p.parseOperand(value.emplace());
}

void meld::component::printReq(OpAsmPrinter &p, Operation *, Value value) {
  p << value;
}

//===----------------------------------------------------------------------===//
// Named arguments
//===----------------------------------------------------------------------===//

// `"name" =`
static ParseResult parseNameEqual(OpAsmParser &p,
                                  SmallVectorImpl<Attribute> &names) {
  std::string name;
  if (p.parseString(&name) || p.parseEqual())
    return failure();
  names.push_back(p.getBuilder().getStringAttr(name));
  return success();
}

ParseResult meld::component::parseNamed(OpAsmParser &p, Operands &args,
                                        ArrayAttr &names) {
  SmallVector<Attribute> list;
  auto parseOne = [&]() -> ParseResult {
    return failure(parseNameEqual(p, list) ||
                   p.parseOperand(args.emplace_back()));
  };
  if (p.parseCommaSeparatedList(parseOne))
    return failure();
  names = p.getBuilder().getArrayAttr(list);
  return success();
}

void meld::component::printNamed(OpAsmPrinter &p, Operation *,
                                 OperandRange args, ArrayAttr names) {
  llvm::interleaveComma(llvm::zip_equal(names, args), p, [&](auto pair) {
    p << std::get<0>(pair) << " = " << std::get<1>(pair);
  });
}

ParseResult meld::component::parseSortedNamed(OpAsmParser &p, Operands &args,
                                              SortTypes &sorts,
                                              ArrayAttr &names) {
  SmallVector<Attribute> list;
  auto parseOne = [&]() -> ParseResult {
    return failure(parseNameEqual(p, list) ||
                   parseSorted(p, args.emplace_back(), sorts.emplace_back()));
  };
  if (failed(p.parseOptionalKeyword("none")) &&
      p.parseCommaSeparatedList(parseOne))
    return failure();
  names = p.getBuilder().getArrayAttr(list);
  return success();
}

void meld::component::printSortedNamed(OpAsmPrinter &p, Operation *op,
                                       OperandRange args, TypeRange,
                                       ArrayAttr names) {
  if (args.empty())
    p << "none";
  llvm::interleaveComma(llvm::zip_equal(names, args), p, [&](auto pair) {
    Value value = std::get<1>(pair);
    p << std::get<0>(pair) << " = ";
    printSorted(p, op, value, value.getType());
  });
}

ParseResult meld::component::parseMembers(OpAsmParser &p, Operands &args,
                                          SortTypes &sorts, ArrayAttr &names,
                                          ArrayAttr &attributes) {
  SmallVector<Attribute> list, dictionaries;
  bool any = false;
  auto parseOne = [&]() -> ParseResult {
    NamedAttrList own;
    if (parseNameEqual(p, list) ||
        parseSorted(p, args.emplace_back(), sorts.emplace_back()) ||
        p.parseOptionalAttrDict(own))
      return failure();
    any |= !own.empty();
    dictionaries.push_back(own.getDictionary(p.getContext()));
    return success();
  };
  if (failed(p.parseOptionalKeyword("none")) &&
      p.parseCommaSeparatedList(parseOne))
    return failure();
  names = p.getBuilder().getArrayAttr(list);
  if (any)
    attributes = p.getBuilder().getArrayAttr(dictionaries);
  return success();
}

void meld::component::printMembers(OpAsmPrinter &p, Operation *op,
                                   OperandRange args, TypeRange sorts,
                                   ArrayAttr names, ArrayAttr attributes) {
  if (!attributes)
    return printSortedNamed(p, op, args, sorts, names);
  auto members =
      llvm::zip_equal(names, args, attributes.getAsRange<DictionaryAttr>());
  llvm::interleaveComma(members, p, [&](auto member) {
    auto [name, value, own] = member;
    p << name << " = ";
    printSorted(p, op, value, value.getType());
    p.printOptionalAttrDict(own.getValue());
  });
}

//===----------------------------------------------------------------------===//
// Types of imports and exports
//===----------------------------------------------------------------------===//

// The sort of the type of a definition of sort `sort`.
static Type getTypeSort(Type sort) {
  MLIRContext *context = sort.getContext();
  if (isa<CoreModuleSortType>(sort))
    return CoreTypeSortType::get(context);
  return TypeSortType::get(context);
}

ParseResult meld::component::parseExternType(OpAsmParser &p, MaybeOperand &type,
                                             Type &typeSort, Type &sort,
                                             StringAttr &prim) {
  if (parseSortName(p, sort))
    return failure();
  if (isa<TypeSortType>(sort)) {
    if (succeeded(p.parseOptionalKeyword("sub")))
      return p.parseKeyword("resource");
    if (p.parseKeyword("eq"))
      return failure();
  }
  bool isValue = isa<ValueSortType>(sort);
  bool equal = isValue && succeeded(p.parseOptionalKeyword("eq"));
  if (isValue && !equal) {
    if (parseValType(p, type, prim))
      return failure();
  } else if (p.parseOperand(type.emplace())) {
    return failure();
  }
  if (type)
    typeSort = equal ? sort : getTypeSort(sort);
  return success();
}

void meld::component::printExternType(OpAsmPrinter &p, Operation *op,
                                      Value type, Type, Type sort,
                                      StringAttr prim) {
  p << getSortKeyword(sort) << ' ';
  if (isa<TypeSortType>(sort))
    p << (type ? "eq " : "sub resource");
  if (type && isa<ValueSortType>(type.getType()))
    p << "eq ";
  if (type || prim)
    printValType(p, op, type, prim);
}

ParseResult meld::component::parseExported(OpAsmParser &p, Operand &value,
                                           Type &sort, MaybeOperand &ascribed,
                                           Type &ascribedSort) {
  if (parseSorted(p, value, sort))
    return failure();
  if (failed(p.parseOptionalKeyword("as")))
    return success();
  ascribedSort = getTypeSort(sort);
  return p.parseOperand(ascribed.emplace());
}

void meld::component::printExported(OpAsmPrinter &p, Operation *op, Value value,
                                    Type sort, Value ascribed, Type) {
  printSorted(p, op, value, sort);
  if (ascribed)
    p << " as " << ascribed;
}

ParseResult meld::component::parseSortList(OpAsmParser &p,
                                           SmallVectorImpl<Type> &sorts) {
  if (failed(p.parseOptionalArrow()))
    return success();
  return p.parseCommaSeparatedList(
      [&]() { return parseSortName(p, sorts.emplace_back()); });
}

void meld::component::printSortList(OpAsmPrinter &p, Operation *,
                                    TypeRange sorts) {
  if (sorts.empty())
    return;
  p << "-> ";
  llvm::interleaveComma(sorts, p,
                        [&](Type sort) { p << getSortKeyword(sort); });
}

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
