//===- Assembly.h - custom directives of the assembly formats -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_ASSEMBLY_H
#define MELD_DIALECT_COMPONENT_IR_ASSEMBLY_H

#include "meld/Dialect/Component/IR/Component.h"
#include <optional>

// An operand of unknown type cannot be parsed, so the sort stands before the
// value as a keyword: `core_func %f`. A value type is a primitive's keyword or
// a value; in lists, an array of keywords has an empty entry for a value and
// "none" for what is absent.

namespace meld::component {

using Operand = mlir::OpAsmParser::UnresolvedOperand;
using MaybeOperand = std::optional<Operand>;
using Operands = llvm::SmallVectorImpl<Operand>;
using SortTypes = llvm::SmallVectorImpl<mlir::Type>;

/// `core_func`
mlir::ParseResult parseSortName(mlir::OpAsmParser &p, mlir::Type &sort);
void printSortName(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Type sort);

/// `core_func %f`
mlir::ParseResult parseSorted(mlir::OpAsmParser &p, Operand &value,
                              mlir::Type &sort);
void printSorted(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value value,
                 mlir::Type sort);

/// `%f`, which must be there.
mlir::ParseResult parseReq(mlir::OpAsmParser &p, MaybeOperand &value);
void printReq(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value value);

/// `"env" = %x, "libc" = %y`
mlir::ParseResult parseNamed(mlir::OpAsmParser &p, Operands &args,
                             mlir::ArrayAttr &names);
void printNamed(mlir::OpAsmPrinter &p, mlir::Operation *,
                mlir::OperandRange args, mlir::ArrayAttr names);

/// `"f" = func %f, "t" = type %t`, or `none`
mlir::ParseResult parseSortedNamed(mlir::OpAsmParser &p, Operands &args,
                                   SortTypes &sorts, mlir::ArrayAttr &names);
void printSortedNamed(mlir::OpAsmPrinter &p, mlir::Operation *,
                      mlir::OperandRange args, mlir::TypeRange sorts,
                      mlir::ArrayAttr names);

/// The same; a member may have attributes: `"i" = instance %i {a = "x"}`
mlir::ParseResult parseMembers(mlir::OpAsmParser &p, Operands &args,
                               SortTypes &sorts, mlir::ArrayAttr &names,
                               mlir::ArrayAttr &attributes);
void printMembers(mlir::OpAsmPrinter &p, mlir::Operation *,
                  mlir::OperandRange args, mlir::TypeRange sorts,
                  mlir::ArrayAttr names, mlir::ArrayAttr attributes);

/// `func %ft`, `type sub resource`, `type eq %t`, `value u8`
mlir::ParseResult parseExternType(mlir::OpAsmParser &p, MaybeOperand &type,
                                  mlir::Type &typeSort, mlir::Type &sort,
                                  mlir::StringAttr &prim);
void printExternType(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value type,
                     mlir::Type typeSort, mlir::Type sort,
                     mlir::StringAttr prim);

/// `-> value, value`, or nothing
mlir::ParseResult parseSortList(mlir::OpAsmParser &p, SortTypes &sorts);
void printSortList(mlir::OpAsmPrinter &p, mlir::Operation *,
                   mlir::TypeRange sorts);

/// `func %f`, or `func %f as %t`: a core type for a core module, a type, a
/// primitive or `eq` and a value for a value, else a type.
mlir::ParseResult parseExported(mlir::OpAsmParser &p, Operand &value,
                                mlir::Type &sort, MaybeOperand &ascribed,
                                mlir::Type &ascribedSort,
                                mlir::StringAttr &prim);
void printExported(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value value,
                   mlir::Type sort, mlir::Value ascribed,
                   mlir::Type ascribedSort, mlir::StringAttr prim);

/// `<sub struct(mut i32), final array(ref 0)>`
mlir::ParseResult parseRecGroup(mlir::OpAsmParser &p, mlir::StringAttr &bytes);
void printRecGroup(mlir::OpAsmPrinter &p, mlir::Operation *,
                   mlir::StringAttr bytes);

/// `u8`
mlir::ParseResult parsePrimitive(mlir::OpAsmParser &p, mlir::StringAttr &prim);
void printPrimitive(mlir::OpAsmPrinter &p, mlir::Operation *,
                    mlir::StringAttr prim);

/// `u8` or `%t`
mlir::ParseResult parseValType(mlir::OpAsmParser &p, MaybeOperand &type,
                               mlir::StringAttr &prim);
void printValType(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value type,
                  mlir::StringAttr prim);

/// `u8`, `%t` or `none`
mlir::ParseResult parseOptValType(mlir::OpAsmParser &p, MaybeOperand &type,
                                  mlir::StringAttr &prim);
void printOptValType(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value type,
                     mlir::StringAttr prim);

/// `u8 5`, `%t {x: 1, y: some("a")}`, or by its bytes `%t bytes "\\00"`
/// (LiteralAssembly.cpp)
mlir::ParseResult parseLiteral(mlir::OpAsmParser &p, MaybeOperand &type,
                               mlir::StringAttr &prim, mlir::StringAttr &bytes);
void printLiteral(mlir::OpAsmPrinter &p, mlir::Operation *, mlir::Value type,
                  mlir::StringAttr prim, mlir::StringAttr bytes);

/// `4`
mlir::ParseResult parseLength(mlir::OpAsmParser &p, mlir::IntegerAttr &length);
void printLength(mlir::OpAsmPrinter &p, mlir::Operation *,
                 mlir::IntegerAttr length);

/// `{a: u32, "b-c": %t}`
mlir::ParseResult parseFields(mlir::OpAsmParser &p, Operands &types,
                              mlir::ArrayAttr &prims, mlir::ArrayAttr &names);
void printFields(mlir::OpAsmPrinter &p, mlir::Operation *,
                 mlir::OperandRange types, mlir::ArrayAttr prims,
                 mlir::ArrayAttr names);

/// `{a: u32, b}`
mlir::ParseResult parseCases(mlir::OpAsmParser &p, Operands &types,
                             mlir::ArrayAttr &prims, mlir::ArrayAttr &names);
void printCases(mlir::OpAsmPrinter &p, mlir::Operation *,
                mlir::OperandRange types, mlir::ArrayAttr prims,
                mlir::ArrayAttr names);

/// `(u32, %t)`
mlir::ParseResult parseElements(mlir::OpAsmParser &p, Operands &types,
                                mlir::ArrayAttr &prims);
void printElements(mlir::OpAsmPrinter &p, mlir::Operation *,
                   mlir::OperandRange types, mlir::ArrayAttr prims);

/// `{a, b}`
mlir::ParseResult parseLabels(mlir::OpAsmParser &p, mlir::ArrayAttr &names);
void printLabels(mlir::OpAsmPrinter &p, mlir::Operation *,
                 mlir::ArrayAttr names);

/// `(n: u32, m: %t) -> u8`
mlir::ParseResult parseSignature(mlir::OpAsmParser &p, Operands &types,
                                 mlir::ArrayAttr &prims,
                                 mlir::ArrayAttr &names);
void printSignature(mlir::OpAsmPrinter &p, mlir::Operation *,
                    mlir::OperandRange types, mlir::ArrayAttr prims,
                    mlir::ArrayAttr names);

} // namespace meld::component

#endif // MELD_DIALECT_COMPONENT_IR_ASSEMBLY_H
