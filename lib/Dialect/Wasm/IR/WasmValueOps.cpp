//===- WasmValueOps.cpp - numbers, memories, tables and globals -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Wasm/IR/Wasm.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld::wasm;

//===----------------------------------------------------------------------===//
// Addresses: i32, unless `: i64` stands behind.
//===----------------------------------------------------------------------===//

static ParseResult parseAddressType(OpAsmParser &parser, Type &type) {
  type = parser.getBuilder().getI32Type();
  return succeeded(parser.parseOptionalColon()) ? parser.parseType(type)
                                                : success();
}

static void printAddressType(OpAsmPrinter &printer, Operation *, Type type) {
  if (!type.isInteger(32))
    printer << " : " << type;
}

static ParseResult parseAddressTypes(OpAsmParser &parser, Type &to, Type &from,
                                     Type &count) {
  to = from = count = parser.getBuilder().getI32Type();
  if (failed(parser.parseOptionalColon()))
    return success();
  return failure(parser.parseType(to) || parser.parseComma() ||
                 parser.parseType(from) || parser.parseComma() ||
                 parser.parseType(count));
}

static void printAddressTypes(OpAsmPrinter &printer, Operation *, Type to,
                              Type from, Type count) {
  if (!to.isInteger(32) || !from.isInteger(32) || !count.isInteger(32))
    printer << " : " << to << ", " << from << ", " << count;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// Says that an op can trap, so that it is neither removed nor moved.
static void mayTrap(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &e) {
  e.emplace_back(MemoryEffects::Write::get());
}

static bool traps(BinaryKind kind) {
  return kind == BinaryKind::div_s || kind == BinaryKind::div_u ||
         kind == BinaryKind::rem_s || kind == BinaryKind::rem_u;
}

void BinaryOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (traps(getKind()))
    mayTrap(effects);
}

void ConvertOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (getKind() >= ConvertKind::trunc_f32_s &&
      getKind() <= ConvertKind::trunc_f64_u)
    mayTrap(effects);
}

void GlobalGetOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  effects.emplace_back(MemoryEffects::Read::get());
}

static LogicalResult verifyOperator(Operation *op, StringRef kind, Type type,
                                    bool exists) {
  if (exists)
    return success();
  return op->emitOpError() << "has the operator \"" << kind
                           << "\", which does not exist for " << type;
}

LogicalResult UnaryOp::verify() {
  Type type = getInput().getType();
  UnaryKind kind = getKind();
  bool exists = kind <= UnaryKind::extend16_s   ? type.isInteger()
                : kind == UnaryKind::extend32_s ? type.isInteger(64)
                                                : isa<FloatType>(type);
  return verifyOperator(*this, stringifyUnaryKind(kind), type, exists);
}

LogicalResult BinaryOp::verify() {
  Type type = getLhs().getType();
  BinaryKind kind = getKind();
  bool exists =
      kind <= BinaryKind::mul || (kind <= BinaryKind::rotr) == type.isInteger();
  return verifyOperator(*this, stringifyBinaryKind(kind), type, exists);
}

LogicalResult CompareOp::verify() {
  Type type = getLhs().getType();
  CompareKind kind = getKind();
  bool exists = kind <= CompareKind::ne ||
                (kind <= CompareKind::ge_u) == type.isInteger();
  return verifyOperator(*this, stringifyCompareKind(kind), type, exists);
}

/// What an operator takes and gives; a dot in `to` stands for any number of
/// the letter's kind.
namespace {
struct Conversion {
  StringRef from, to;
};
} // namespace

static Conversion conversionOf(ConvertKind kind) {
  switch (kind) {
  case ConvertKind::wrap_i64:
    return {"i64", "i32"};
  case ConvertKind::extend_i32_s:
  case ConvertKind::extend_i32_u:
    return {"i32", "i64"};
  case ConvertKind::trunc_f32_s:
  case ConvertKind::trunc_f32_u:
  case ConvertKind::trunc_sat_f32_s:
  case ConvertKind::trunc_sat_f32_u:
    return {"f32", "i"};
  case ConvertKind::trunc_f64_s:
  case ConvertKind::trunc_f64_u:
  case ConvertKind::trunc_sat_f64_s:
  case ConvertKind::trunc_sat_f64_u:
    return {"f64", "i"};
  case ConvertKind::convert_i32_s:
  case ConvertKind::convert_i32_u:
    return {"i32", "f"};
  case ConvertKind::convert_i64_s:
  case ConvertKind::convert_i64_u:
    return {"i64", "f"};
  case ConvertKind::demote_f64:
    return {"f64", "f32"};
  case ConvertKind::promote_f32:
    return {"f32", "f64"};
  case ConvertKind::reinterpret_f32:
    return {"f32", "i32"};
  case ConvertKind::reinterpret_f64:
    return {"f64", "i64"};
  case ConvertKind::reinterpret_i32:
    return {"i32", "f32"};
  case ConvertKind::reinterpret_i64:
    return {"i64", "f64"};
  }
  llvm_unreachable("a conversion of the table");
}

LogicalResult ConvertOp::verify() {
  auto name = [](Type type) {
    return (type.isInteger() ? "i" : "f") +
           std::to_string(type.getIntOrFloatBitWidth());
  };
  Type from = getInput().getType(), to = getResult().getType();
  Conversion wanted = conversionOf(getKind());
  if (name(from) == wanted.from && StringRef(name(to)).starts_with(wanted.to))
    return success();
  return emitOpError() << "has the operator \""
                       << stringifyConvertKind(getKind())
                       << "\", which does not exist from " << from << " to "
                       << to;
}

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

/// What an operator takes and gives: `i` i32, `l` i64, `v` v128.
static std::pair<StringRef, char> typesOf(VectorKind kind) {
  switch (kind) {
  case VectorKind::and_:
  case VectorKind::or_:
  case VectorKind::i16x8_eq:
  case VectorKind::i8x16_narrow_i16x8_u:
    return {"vv", 'v'};
  case VectorKind::i16x8_extend_low_i8x16_u:
  case VectorKind::i16x8_extend_high_i8x16_u:
    return {"v", 'v'};
  case VectorKind::any_true:
  case VectorKind::i8x16_bitmask:
    return {"v", 'i'};
  case VectorKind::i8x16_splat:
  case VectorKind::i16x8_splat:
    return {"i", 'v'};
  case VectorKind::i64x2_splat:
    return {"l", 'v'};
  }
  llvm_unreachable("an operator of the enum");
}

LogicalResult VectorOp::verify() {
  auto letter = [](Type type) {
    return isa<V128Type>(type) ? 'v' : type.isInteger(64) ? 'l' : 'i';
  };
  std::string taken;
  for (Type type : getInputs().getTypes())
    taken += letter(type);
  auto [inputs, result] = typesOf(getKind());
  if (taken == inputs && letter(getType()) == result)
    return success();
  return emitOpError() << "has the operator \""
                       << stringifyVectorKind(getKind())
                       << "\", which does not exist from "
                       << getInputs().getTypes() << " to " << getType();
}

//===----------------------------------------------------------------------===//
// Memory accesses
//===----------------------------------------------------------------------===//

static unsigned bitsOf(Width width) {
  return width == Width::s8 || width == Width::u8     ? 8
         : width == Width::s16 || width == Width::u16 ? 16
                                                      : 32;
}

static LogicalResult verifyAccess(Operation *op, Width width, Type type,
                                  int64_t offset) {
  if (offset < 0)
    return op->emitOpError("has a negative offset");
  if (width == Width::full ||
      (type.isInteger() && bitsOf(width) < type.getIntOrFloatBitWidth()))
    return success();
  return op->emitOpError() << "cannot access " << type << " as "
                           << stringifyWidth(width);
}

LogicalResult LoadOp::verify() {
  return verifyAccess(*this, getWidth(), getResult().getType(), getOffset());
}

LogicalResult StoreOp::verify() {
  Width width = getWidth();
  if (width == Width::s8 || width == Width::s16 || width == Width::s32)
    return emitOpError("stores no signed numbers: write `u8`, `u16` or `u32`");
  return verifyAccess(*this, width, getValue().getType(), getOffset());
}

/// A memory or table, and an address of its type.
template <typename T>
static LogicalResult verifyPlace(Operation *op, FlatSymbolRefAttr symbol,
                                 Type address, SymbolTableCollection &tables,
                                 StringRef kind) {
  FailureOr<T> type = lookupEntity<T>(op, symbol, tables, kind);
  if (failed(type))
    return failure();
  if (*type && type->getAddressType() != address)
    return op->emitOpError()
           << "has addresses of type " << address << ", but \""
           << symbol.getValue() << "\" has type " << *type;
  return success();
}

static LogicalResult verifyMemory(Operation *op, FlatSymbolRefAttr symbol,
                                  Type address, SymbolTableCollection &tables) {
  return verifyPlace<MemoryType>(op, symbol, address, tables, "memory");
}

LogicalResult LoadOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMemory(*this, getMemoryAttr(), getAddress().getType(), tables);
}
LogicalResult StoreOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMemory(*this, getMemoryAttr(), getAddress().getType(), tables);
}
LogicalResult MemorySizeOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMemory(*this, getMemoryAttr(), getResult().getType(), tables);
}
LogicalResult MemoryGrowOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMemory(*this, getMemoryAttr(), getDelta().getType(), tables);
}
LogicalResult MemoryFillOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyMemory(*this, getMemoryAttr(), getTo().getType(), tables);
}
LogicalResult MemoryCopyOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (failed(verifyMemory(*this, getTargetAttr(), getTo().getType(), tables)) ||
      failed(verifyMemory(*this, getSourceAttr(), getFrom().getType(), tables)))
    return failure();
  bool both =
      getTo().getType().isInteger(64) && getFrom().getType().isInteger(64);
  if (getCount().getType().isInteger(64) != both)
    return emitOpError("wants a count of the narrower address type");
  return success();
}

//===----------------------------------------------------------------------===//
// Segments, tables, globals
//===----------------------------------------------------------------------===//

template <typename T>
static LogicalResult verifySegment(Operation *op, FlatSymbolRefAttr symbol,
                                   SymbolTableCollection &tables) {
  Operation *segment = tables.lookupNearestSymbolFrom(op, symbol);
  if (isa_and_present<T>(segment))
    return success();
  return op->emitOpError() << "wants a " << T::getOperationName() << ", but \""
                           << symbol.getValue() << "\" is none";
}

LogicalResult MemoryInitOp::verifySymbolUses(SymbolTableCollection &tables) {
  return success(
      succeeded(
          verifyMemory(*this, getMemoryAttr(), getTo().getType(), tables)) &&
      succeeded(verifySegment<DataOp>(*this, getDataAttr(), tables)));
}
LogicalResult DataDropOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifySegment<DataOp>(*this, getDataAttr(), tables);
}
LogicalResult TableInitOp::verifySymbolUses(SymbolTableCollection &tables) {
  return success(
      succeeded(verifyPlace<TableType>(*this, getTableAttr(), getTo().getType(),
                                       tables, "table")) &&
      succeeded(verifySegment<ElemOp>(*this, getElemAttr(), tables)));
}
LogicalResult TableFillOp::verifySymbolUses(SymbolTableCollection &tables) {
  return success(succeeded(lookupEntity<TableType>(*this, getTableAttr(),
                                                   tables, "table")) &&
                 succeeded(lookupEntity<GlobalType>(*this, getGlobalAttr(),
                                                    tables, "global")));
}
LogicalResult ElemDropOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifySegment<ElemOp>(*this, getElemAttr(), tables);
}
LogicalResult TableSlotOp::verifySymbolUses(SymbolTableCollection &tables) {
  return success(succeeded(lookupEntity<FunctionType>(*this, getFunctionAttr(),
                                                      tables, "function")) &&
                 succeeded(lookupEntity<TableType>(*this, getTableAttr(),
                                                   tables, "table")));
}

static LogicalResult verifyGlobal(Operation *op, FlatSymbolRefAttr symbol,
                                  Type value, bool writes,
                                  SymbolTableCollection &tables) {
  FailureOr<GlobalType> type =
      lookupEntity<GlobalType>(op, symbol, tables, "global");
  if (failed(type))
    return failure();
  if (*type && type->getValue() != value)
    return op->emitOpError() << "has type " << value << ", but \""
                             << symbol.getValue() << "\" has type " << *type;
  if (*type && writes && !type->getMut())
    return op->emitOpError()
           << "writes \"" << symbol.getValue() << "\", which is not mutable";
  return success();
}

LogicalResult GlobalGetOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyGlobal(*this, getGlobalAttr(), getResult().getType(), false,
                      tables);
}
LogicalResult GlobalSetOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifyGlobal(*this, getGlobalAttr(), getValue().getType(), true,
                      tables);
}

#define GET_OP_CLASSES
#include "meld/Dialect/Wasm/IR/WasmValueOps.cpp.inc"

void WasmDialect::registerValueOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Wasm/IR/WasmValueOps.cpp.inc"
      >();
}
