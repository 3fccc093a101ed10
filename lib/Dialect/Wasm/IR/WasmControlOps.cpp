//===- WasmControlOps.cpp - structured control flow and calls -*- C++ -*-===//
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
// Regions: a `wasm.yield` without operands is not written.
//===----------------------------------------------------------------------===//

static void endWithYield(OpAsmParser &parser, Region &region, Location loc) {
  if (region.empty())
    region.emplaceBlock();
  Block &block = region.front();
  if (!block.empty() && block.back().mightHaveTrait<OpTrait::IsTerminator>())
    return;
  OpBuilder builder(parser.getContext()); // the region has no parent yet
  builder.setInsertionPointToEnd(&block);
  YieldOp::create(builder, loc, ValueRange());
}

static void printBody(OpAsmPrinter &printer, Region &region) {
  bool bare = false;
  if (!region.empty() && !region.front().empty())
    if (auto yield = dyn_cast<YieldOp>(region.front().back()))
      bare = yield.getValues().empty();
  printer.printRegion(region, /*printEntryBlockArgs=*/false,
                      /*printBlockTerminators=*/!bare);
}

static void printArrow(OpAsmPrinter &printer, TypeRange results) {
  if (!results.empty())
    printer.printArrowTypeList(results);
}

static ParseResult parseLabelRegion(OpAsmParser &parser, Region &body,
                                    SmallVectorImpl<Type> &results) {
  OpAsmParser::Argument label;
  if (parser.parseArgument(label) || parser.parseOptionalArrowTypeList(results))
    return failure();
  label.type = LabelType::get(parser.getContext());
  if (parser.parseRegion(body, label))
    return failure();
  endWithYield(parser, body, parser.getEncodedSourceLoc(parser.getNameLoc()));
  return success();
}

static void printLabelRegion(OpAsmPrinter &printer, Operation *, Region &body,
                             TypeRange results) {
  printer.printRegionArgument(body.getArgument(0), {}, /*omitType=*/true);
  printArrow(printer, results);
  printer << ' ';
  printBody(printer, body);
}

static ParseResult parseBareRegion(OpAsmParser &parser, Region &body) {
  Location loc = parser.getEncodedSourceLoc(parser.getNameLoc());
  if (parser.parseRegion(body))
    return failure();
  endWithYield(parser, body, loc);
  return success();
}

static void printBareRegion(OpAsmPrinter &printer, Operation *, Region &body) {
  printBody(printer, body);
}

static ParseResult parseIfRegions(OpAsmParser &parser, Region &thenRegion,
                                  Region &elseRegion,
                                  SmallVectorImpl<Type> &results) {
  Location loc = parser.getEncodedSourceLoc(parser.getNameLoc());
  if (parser.parseOptionalArrowTypeList(results) ||
      parser.parseRegion(thenRegion))
    return failure();
  endWithYield(parser, thenRegion, loc);
  if (failed(parser.parseOptionalKeyword("else")))
    return success();
  if (parser.parseRegion(elseRegion))
    return failure();
  endWithYield(parser, elseRegion, loc);
  return success();
}

static void printIfRegions(OpAsmPrinter &printer, Operation *,
                           Region &thenRegion, Region &elseRegion,
                           TypeRange results) {
  printArrow(printer, results);
  printer << ' ';
  printBody(printer, thenRegion);
  if (elseRegion.empty())
    return;
  printer << " else ";
  printBody(printer, elseRegion);
}

//===----------------------------------------------------------------------===//
// Verifiers
//===----------------------------------------------------------------------===//

/// Every region ends in a terminator.
static LogicalResult verifyEnds(Operation *op) {
  for (Region &region : op->getRegions())
    if (!region.empty() &&
        (region.front().empty() ||
         !region.front().back().hasTrait<OpTrait::IsTerminator>()))
      return op->emitOpError("has a region that does not end in a terminator");
  return success();
}

static LogicalResult verifyLabel(Operation *op, Region &body) {
  if (body.getNumArguments() != 1 ||
      !isa<LabelType>(body.getArgument(0).getType()))
    return op->emitOpError("wants one block argument, its label");
  return verifyEnds(op);
}

LogicalResult BlockOp::verifyRegions() { return verifyLabel(*this, getBody()); }
LogicalResult LoopOp::verifyRegions() { return verifyLabel(*this, getBody()); }

LogicalResult IfOp::verifyRegions() {
  if (getNumResults() && getElseRegion().empty())
    return emitOpError("has results, so it needs an else part");
  return verifyEnds(*this);
}

LogicalResult TryOp::verifyRegions() { return verifyEnds(*this); }

static LogicalResult verifyValues(Operation *op, TypeRange given,
                                  TypeRange wanted, const Twine &what) {
  if (given == wanted)
    return success();
  return op->emitOpError() << "gives (" << given << "), but " << what
                           << " wants (" << wanted << ")";
}

LogicalResult YieldOp::verify() {
  Operation *parent = (*this)->getParentOp();
  if (!isa<BlockOp, LoopOp, IfOp, TryOp>(parent))
    return emitOpError("stands outside of a block, loop, if or try");
  return verifyValues(*this, getValues().getTypes(), parent->getResultTypes(),
                      parent->getName().getStringRef());
}

LogicalResult ReturnOp::verify() {
  auto function = (*this)->getParentOfType<FunctionOpInterface>();
  if (!function)
    return emitOpError("stands outside of a function");
  return verifyValues(*this, getValues().getTypes(), function.getResultTypes(),
                      "the function");
}

/// The checks of a branch: what the label's op wants.
static LogicalResult verifyBranch(Operation *op, Value label,
                                  TypeRange values) {
  auto argument = dyn_cast<BlockArgument>(label);
  Operation *target = argument ? argument.getOwner()->getParentOp() : nullptr;
  if (isa_and_present<BlockOp>(target))
    return verifyValues(op, values, target->getResultTypes(), "the block");
  if (isa_and_present<LoopOp>(target))
    return verifyValues(op, values, {}, "the loop");
  return op->emitOpError("wants the label of a block or loop");
}

LogicalResult BrOp::verify() {
  return verifyBranch(*this, getLabel(), getValues().getTypes());
}
LogicalResult TryOp::verify() { return verifyBranch(*this, getLabel(), {}); }
LogicalResult BrIfOp::verify() {
  return verifyBranch(*this, getLabel(), getValues().getTypes());
}
LogicalResult BrTableOp::verify() {
  for (Value label : getLabels())
    if (failed(verifyBranch(*this, label, getValues().getTypes())))
      return failure();
  return verifyBranch(*this, getOtherwise(), getValues().getTypes());
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

FunctionType CallOp::getCalleeType() {
  return FunctionType::get(getContext(), getArgs().getTypes(),
                           getResultTypes());
}

FunctionType CallIndirectOp::getCalleeType() {
  return FunctionType::get(getContext(), getArgs().getTypes(),
                           getResultTypes());
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &tables) {
  FailureOr<FunctionType> type =
      lookupEntity<FunctionType>(*this, getCalleeAttr(), tables, "function");
  if (failed(type))
    return failure();
  if (*type && *type != getCalleeType())
    return emitOpError() << "calls " << getCalleeType() << ", but \""
                         << getCallee() << "\" has type " << *type;
  return success();
}

LogicalResult CallIndirectOp::verifySymbolUses(SymbolTableCollection &tables) {
  FailureOr<TableType> type =
      lookupEntity<TableType>(*this, getTableAttr(), tables, "table");
  if (failed(type))
    return failure();
  if (*type && (type->getIndex64() || !isa<FuncRefType>(type->getElement())))
    return emitOpError() << "wants a table of funcref indexed by i32, but \""
                         << getTable() << "\" has type " << *type;
  return success();
}

#define GET_OP_CLASSES
#include "meld/Dialect/Wasm/IR/WasmControlOps.cpp.inc"

void WasmDialect::registerControlOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Wasm/IR/WasmControlOps.cpp.inc"
      >();
}
