//===- WasmModuleOps.cpp - modules and what they define -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SymbolLookup.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinDialect.h"
#include "mlir/Interfaces/FunctionImplementation.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

//===----------------------------------------------------------------------===//
// Symbols of entities
//===----------------------------------------------------------------------===//

FailureOr<Type> meld::wasm::lookupEntityType(Operation *user,
                                             FlatSymbolRefAttr symbol,
                                             SymbolTableCollection &tables) {
  Operation *op = tables.lookupNearestSymbolFrom(user, symbol);
  if (!op)
    return user->emitOpError()
           << "names \"" << symbol.getValue() << "\", which is not defined";
  if (auto entity = dyn_cast<EntityOpInterface>(op))
    return entity.getEntityType();
  if (!isa<WasmDialect>(op->getDialect()))
    return Type();
  return user->emitOpError() << "names \"" << symbol.getValue() << "\", a "
                             << op->getName() << ", which is no core entity";
}

/// The checks of `body N of @space`.
static LogicalResult verifySpace(Operation *user, FlatSymbolRefAttr space,
                                 SymbolTableCollection &tables) {
  return space ? LogicalResult(lookup<SpaceOp>(user, space, tables))
               : success();
}

//===----------------------------------------------------------------------===//
// wasm::ModuleOp, ImportOp, ExportOp
//===----------------------------------------------------------------------===//

bool wasm::ModuleOp::isGenerated() {
  return !getBytes() && !getSource() && !getBody().getOps<FuncOp>().empty();
}

bool wasm::ModuleOp::isDeclared() {
  return !getBytes() && !getSource() &&
         llvm::all_of(getBody().getOps(), [](Operation &op) {
           return isa<ImportOp, ExportOp>(op);
         });
}

LogicalResult wasm::ModuleOp::verify() {
  if (getBytes() && getSource())
    return emitOpError("has both `bytes` and `source`");
  if (isGenerated())
    for (auto exported : getOps<ExportOp>())
      if (!exported.getSymbol())
        return exported.emitOpError("of a module whose functions are ops wants "
                                    "the symbol that it exports");
  return success();
}

bool ImportOp::isOptionalSymbol() { return true; }

Type ImportOp::getEntityType() { return getType(); }

LogicalResult ImportOp::verify() {
  Type type = getType();
  if (isEntityType(type) || !isa<BuiltinDialect>(type.getDialect()))
    return success();
  return emitOpError() << "has type " << type << ", which no entity has";
}

LogicalResult ExportOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (!getSymbol())
    return success();
  FailureOr<Type> type = lookupEntityType(*this, getSymbolAttr(), tables);
  if (failed(type))
    return failure();
  if (*type && *type != getType())
    return emitOpError() << "has type " << getType() << ", but \""
                         << *getSymbol() << "\" has type " << *type;
  return success();
}

//===----------------------------------------------------------------------===//
// FuncOp, BytesOp
//===----------------------------------------------------------------------===//

Type FuncOp::getEntityType() { return getFunctionType(); }

void FuncOp::build(OpBuilder &builder, OperationState &state, StringRef name,
                   FunctionType type) {
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.sym_name = builder.getStringAttr(name);
  properties.function_type = TypeAttr::get(type);
  Block &entry = state.addRegion()->emplaceBlock();
  for (Type input : type.getInputs())
    entry.addArgument(input, state.location);
}

ParseResult FuncOp::parse(OpAsmParser &parser, OperationState &result) {
  auto makeType = [](Builder &builder, ArrayRef<Type> inputs,
                     ArrayRef<Type> results,
                     function_interface_impl::VariadicFlag, std::string &) {
    return builder.getFunctionType(inputs, results);
  };
  return function_interface_impl::parseFunctionOp(
      parser, result, /*allowVariadic=*/false,
      getFunctionTypeAttrName(result.name), makeType,
      getArgAttrsAttrName(result.name), getResAttrsAttrName(result.name));
}

void FuncOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(
      printer, *this, /*isVariadic=*/false, getFunctionTypeAttrName(),
      getArgAttrsAttrName(), getResAttrsAttrName());
}

LogicalResult FuncOp::verify() {
  for (Type type :
       llvm::concat<const Type>(getArgumentTypes(), getResultTypes()))
    if (!isValueType(type))
      return emitOpError() << "has type " << type
                           << " in its signature, which no core value has";
  Block &body = getBody().front();
  if (body.empty() || !body.back().hasTrait<OpTrait::IsTerminator>())
    return emitOpError("has a body that does not end in a terminator");
  return success();
}

Type BytesOp::getEntityType() { return getFunctionType(); }

LogicalResult BytesOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (!isFunctionType(getFunctionType()))
    return emitOpError() << "has type " << getFunctionType()
                         << ", which is no type of functions";
  return verifySpace(*this, getSpaceAttr(), tables);
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// The check that a definition's type is of its own kind.
template <typename T>
static LogicalResult verifyType(Operation *op, Type type) {
  if (isa<T>(type))
    return success();
  return op->emitOpError() << "has type " << type << ", wants !wasm."
                           << T::getMnemonic();
}

Type MemoryOp::getEntityType() { return getType(); }
Type TableOp::getEntityType() { return getType(); }
Type TagOp::getEntityType() { return getType(); }
Type GlobalOp::getEntityType() { return getType(); }

LogicalResult MemoryOp::verify() {
  return verifyType<MemoryType>(*this, getType());
}
LogicalResult TableOp::verify() {
  if (getIndex().has_value() != getSpace().has_value())
    return emitOpError("wants a number and a `wasm.space` for its body");
  if (getRefilled() && !getIndex())
    return emitOpError("is `refilled`, but has no body");
  return verifyType<TableType>(*this, getType());
}
LogicalResult TableOp::verifySymbolUses(SymbolTableCollection &tables) {
  return verifySpace(*this, getSpaceAttr(), tables);
}
LogicalResult TagOp::verify() { return verifyType<TagType>(*this, getType()); }

/// A body of a space, or something else, and not both.
static LogicalResult verifyContent(Operation *op, bool body, bool space,
                                   bool own) {
  if (body != space || body == own)
    return op->emitOpError(
        "wants either its own content or a body of a `wasm.space`");
  return success();
}

LogicalResult GlobalOp::verify() {
  if (failed(verifyType<GlobalType>(*this, getType())) ||
      failed(verifyContent(*this, getIndex().has_value(),
                           getSpace().has_value(), !!getInitAttr())))
    return failure();
  Type value = cast<GlobalType>(getType()).getValue();
  Attribute init = getInitAttr();
  if (auto number = dyn_cast_or_null<TypedAttr>(init)) {
    if (number.getType() != value)
      return emitOpError() << "holds " << value << ", but begins with "
                           << number.getType();
  } else if (init && value.isIntOrFloat()) {
    return emitOpError() << "holds " << value
                         << ", but begins with a reference";
  }
  return success();
}

LogicalResult GlobalOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (auto function = dyn_cast_or_null<FlatSymbolRefAttr>(getInitAttr()))
    return lookupEntity<FunctionType>(*this, function, tables, "function");
  return verifySpace(*this, getSpaceAttr(), tables);
}

/// `= 5`, `= @f`, `= null` or `= body 2 of @space`.
static ParseResult parseGlobalInit(OpAsmParser &parser, TypeAttr type,
                                   Attribute &init, IntegerAttr &index,
                                   FlatSymbolRefAttr &space) {
  Builder &builder = parser.getBuilder();
  if (succeeded(parser.parseOptionalKeyword("null"))) {
    init = builder.getUnitAttr();
    return success();
  }
  if (succeeded(parser.parseOptionalKeyword("body")))
    return failure(parser.parseAttribute(index, builder.getI32Type()) ||
                   parser.parseKeyword("of") || parser.parseAttribute(space));
  auto global = dyn_cast<GlobalType>(type.getValue());
  return parser.parseAttribute(init, global ? global.getValue() : Type());
}

static void printGlobalInit(OpAsmPrinter &printer, Operation *, TypeAttr,
                            Attribute init, IntegerAttr index,
                            FlatSymbolRefAttr space) {
  if (index)
    printer << "body " << index.getInt() << " of " << space;
  else if (isa<UnitAttr>(init))
    printer << "null";
  else
    printer.printAttributeWithoutType(init);
}

//===----------------------------------------------------------------------===//
// Segments, start
//===----------------------------------------------------------------------===//

bool DataOp::canDiscardOnUseEmpty() { return isPrivate() && !getMemory(); }
bool ElemOp::canDiscardOnUseEmpty() { return isPrivate() && !getTable(); }

/// An offset stands with a place. A body may bring its own.
static LogicalResult verifyOffset(Operation *op, bool place, bool body,
                                  bool offset) {
  if (place == offset || (place && body))
    return success();
  return op->emitOpError(offset ? "has an offset, but is not active"
                                : "is active, but has no offset");
}

LogicalResult DataOp::verify() {
  if (failed(verifyContent(*this, getIndex().has_value(),
                           getSpace().has_value(), !!getInitAttr())))
    return failure();
  if (getInitAttr() &&
      !isa<StringAttr, DenseIntOrFPElementsAttr>(getInitAttr()))
    return emitOpError("wants a string or dense elements");
  return verifyOffset(*this, getMemory().has_value(), getIndex().has_value(),
                      getOffset().has_value());
}

void DataOp::getInitBytes(SmallVectorImpl<char> &bytes) {
  bytes.clear();
  if (auto text = dyn_cast_or_null<StringAttr>(getInitAttr())) {
    llvm::append_range(bytes, text.getValue());
  } else if (auto dense =
                 dyn_cast_or_null<DenseIntOrFPElementsAttr>(getInitAttr())) {
    ArrayRef<char> raw = dense.getRawData();
    for (int64_t i = 0, e = dense.isSplat() ? dense.size() : 1; i < e; ++i)
      llvm::append_range(bytes, raw);
  }
}

LogicalResult DataOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (getMemory() && failed(lookupEntity<MemoryType>(*this, getMemoryAttr(),
                                                     tables, "memory")))
    return failure();
  return verifySpace(*this, getSpaceAttr(), tables);
}

LogicalResult ElemOp::verify() {
  if (failed(verifyContent(*this, getIndex().has_value(),
                           getSpace().has_value(), !!getFunctionsAttr())))
    return failure();
  return verifyOffset(*this, getTable().has_value(), getIndex().has_value(),
                      getOffset().has_value());
}

LogicalResult ElemOp::verifySymbolUses(SymbolTableCollection &tables) {
  if (getTable() &&
      failed(lookupEntity<TableType>(*this, getTableAttr(), tables, "table")))
    return failure();
  if (getFunctionsAttr())
    for (auto function : getFunctionsAttr().getAsRange<FlatSymbolRefAttr>())
      if (failed(
              lookupEntity<FunctionType>(*this, function, tables, "function")))
        return failure();
  return verifySpace(*this, getSpaceAttr(), tables);
}

LogicalResult StartOp::verifySymbolUses(SymbolTableCollection &tables) {
  FailureOr<FunctionType> type =
      lookupEntity<FunctionType>(*this, getFunctionAttr(), tables, "function");
  if (failed(type))
    return failure();
  if (*type && (type->getNumInputs() || type->getNumResults()))
    return emitOpError() << "wants a function of type () -> (), but \""
                         << getFunction() << "\" has type " << *type;
  return success();
}

//===----------------------------------------------------------------------===//
// Assembly of InstanceOp
//===----------------------------------------------------------------------===//

static ParseResult parseInstanceArguments(OpAsmParser &parser,
                                          ArrayAttr &modules, ArrayAttr &names,
                                          ArrayAttr &arguments) {
  SmallVector<Attribute> moduleList, nameList, argumentList;
  auto parseOne = [&]() -> ParseResult {
    StringAttr module, name;
    FlatSymbolRefAttr argument;
    if (parser.parseAttribute(module) || parser.parseAttribute(name) ||
        parser.parseEqual() || parser.parseAttribute(argument))
      return failure();
    moduleList.push_back(module);
    nameList.push_back(name);
    argumentList.push_back(argument);
    return success();
  };
  if (parser.parseCommaSeparatedList(parseOne))
    return failure();
  Builder &builder = parser.getBuilder();
  modules = builder.getArrayAttr(moduleList);
  names = builder.getArrayAttr(nameList);
  arguments = builder.getArrayAttr(argumentList);
  return success();
}

static void printInstanceArguments(OpAsmPrinter &printer, Operation *,
                                   ArrayAttr modules, ArrayAttr names,
                                   ArrayAttr arguments) {
  llvm::interleaveComma(llvm::zip_equal(modules, names, arguments), printer,
                        [&](auto entry) {
                          auto [module, name, argument] = entry;
                          printer << module << ' ' << name << " = " << argument;
                        });
}

#define GET_OP_CLASSES
#include "meld/Dialect/Wasm/IR/WasmModuleOps.cpp.inc"

void WasmDialect::registerModuleOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Wasm/IR/WasmModuleOps.cpp.inc"
      >();
}
