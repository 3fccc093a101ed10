//===- Assembly.cpp - custom directives of the assembly formats -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Target/Wasm/TypeReader.h"
#include "meld/Target/Wasm/TypeWriter.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

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
                                           Type &ascribedSort,
                                           StringAttr &prim) {
  if (parseSorted(p, value, sort))
    return failure();
  if (failed(p.parseOptionalKeyword("as")))
    return success();
  bool isValue = isa<ValueSortType>(sort);
  bool equal = isValue && succeeded(p.parseOptionalKeyword("eq"));
  if (isValue && !equal) {
    if (parseValType(p, ascribed, prim))
      return failure();
  } else if (p.parseOperand(ascribed.emplace())) {
    return failure();
  }
  if (ascribed)
    ascribedSort = equal ? sort : getTypeSort(sort);
  return success();
}

void meld::component::printExported(OpAsmPrinter &p, Operation *op, Value value,
                                    Type sort, Value ascribed, Type,
                                    StringAttr prim) {
  printSorted(p, op, value, sort);
  if (!ascribed && !prim)
    return;
  bool equal = ascribed && isa<ValueSortType>(ascribed.getType());
  p << (equal ? " as eq " : " as ");
  printValType(p, op, ascribed, prim);
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
// Recursion groups
//===----------------------------------------------------------------------===//

ParseResult meld::component::parseRecGroup(OpAsmParser &p, StringAttr &bytes) {
  llvm::BumpPtrAllocator storage;
  SmallVector<core::SubType> group;
  if (wasm::parseDefinitions(p, AsmParser::Delimiter::LessGreater, storage,
                             group))
    return failure();
  SmallString<64> text;
  llvm::raw_svector_ostream out(text);
  core::writeRecursionGroup(group, out);
  bytes = p.getBuilder().getStringAttr(text);
  return success();
}

/// The verifier has read the bytes; of others nothing is shown.
void meld::component::printRecGroup(OpAsmPrinter &p, Operation *,
                                    StringAttr bytes) {
  StringRef text = bytes.getValue();
  ByteReader in(ArrayRef(text.bytes_begin(), text.size()));
  core::ModuleView view;
  core::readRecursionGroup(in, view);
  p << '<';
  if (!in.failed())
    wasm::printDefinitions(p, view.types);
  p << '>';
}
