//===- TypeOps.cpp - type definitions -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "Verify.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/TypeReader.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;

#define GET_OP_CLASSES
#include "meld/Dialect/Component/IR/ComponentTypeOps.cpp.inc"

void ComponentDialect::registerTypeOps() {
  addOperations<
#define GET_OP_LIST
#include "meld/Dialect/Component/IR/ComponentTypeOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// One element
//===----------------------------------------------------------------------===//

LogicalResult TypePrimitiveOp::verify() {
  return verifyElement(*this, {}, getPrimAttr());
}

LogicalResult TypeStreamOp::verify() {
  if (getPrim() == "char")
    return emitRule(*this, Rule::stream_char) << "a stream has no `char`";
  return verifyElement(*this, getElement(), getPrimAttr(), /*none=*/true);
}

LogicalResult TypeFutureOp::verify() {
  return verifyElement(*this, getElement(), getPrimAttr(), /*none=*/true);
}

LogicalResult TypeOptionOp::verify() {
  return verifyElement(*this, getElement(), getPrimAttr());
}

LogicalResult TypeListOp::verify() {
  if (getLength() && *getLength() == 0)
    return emitRule(*this, Rule::list_length)
           << "a fixed length is at least 1, found 0";
  return verifyElement(*this, getElement(), getPrimAttr());
}

LogicalResult TypeMapOp::verify() {
  std::optional<StringRef> key = getKeyPrim();
  if (key == "f32" || key == "f64" || key == "error_context")
    return emitRule(*this, Rule::map_key)
           << "the key is an integer, `bool`, `char` or `string`, found `"
           << *key << "`";
  if (failed(verifyElement(*this, getKey(), getKeyPrimAttr())))
    return failure();
  return verifyElement(*this, getValue(), getValuePrimAttr());
}

LogicalResult TypeResultOp::verify() {
  if (failed(verifyElement(*this, getOk(), getOkPrimAttr(), /*none=*/true)))
    return failure();
  return verifyElement(*this, getError(), getErrorPrimAttr(), /*none=*/true);
}

LogicalResult TypeResourceOp::verify() {
  if (!getRep().isInteger(32) && !getRep().isInteger(64))
    return emitRule(*this, Rule::resource_rep)
           << "the representation is `i32` or `i64`, found " << getRep();
  if (getAsync() && !getDtor())
    return emitRule(*this, Rule::destructor_type)
           << "`async` needs a destructor";
  if (getCallback() && !getAsync())
    return emitRule(*this, Rule::callback_async) << "`callback` needs `async`";
  return success();
}

LogicalResult TypeCoreRecOp::verify() {
  ByteReader in(ArrayRef(getBytes().bytes_begin(), getBytes().size()));
  core::ModuleView view;
  core::readRecursionGroup(in, view);
  if (in.failed() || !in.atEnd())
    return emitRule(*this, Rule::core_group)
           << "has bytes that are no recursion group";
  if (view.types.size() != getNumResults())
    return emitRule(*this, Rule::core_group)
           << "has as many results as definitions, which are "
           << view.types.size() << ", found " << getNumResults();
  size_t known = getTypes().size() + getNumResults();
  std::optional<uint32_t> outside;
  for (const core::SubType &type : view.types)
    core::eachTypeIndex(type, [&](uint32_t index) {
      if (index >= known && !outside)
        outside = index;
    });
  if (!outside)
    return success();
  return emitRule(*this, Rule::core_group)
         << "names type " << *outside << " of " << known;
}

//===----------------------------------------------------------------------===//
// Lists of elements
//===----------------------------------------------------------------------===//

static LogicalResult verifyNotEmpty(Operation *op, size_t count) {
  if (count)
    return success();
  return emitRule(op, Rule::empty_type) << "wants at least one member";
}

static LogicalResult verifyLabelled(Operation *op, ArrayAttr names,
                                    ArrayAttr prims, size_t operands,
                                    bool cases) {
  if (failed(verifyNotEmpty(op, prims.size())) ||
      failed(verifyNames(op, names, prims.size())))
    return failure();
  return verifyElements(op, prims, operands, cases);
}

LogicalResult TypeRecordOp::verify() {
  return verifyLabelled(*this, getNames(), getPrims(), getTypes().size(),
                        /*cases=*/false);
}

LogicalResult TypeVariantOp::verify() {
  return verifyLabelled(*this, getNames(), getPrims(), getTypes().size(),
                        /*cases=*/true);
}

LogicalResult TypeTupleOp::verify() {
  if (failed(verifyNotEmpty(*this, getPrims().size())))
    return failure();
  return verifyElements(*this, getPrims(), getTypes().size());
}

LogicalResult TypeFlagsOp::verify() {
  if (getNames().size() > 32)
    return emitRule(*this, Rule::flags_count)
           << "at most 32 flags, found " << getNames().size();
  if (failed(verifyNotEmpty(*this, getNames().size())))
    return failure();
  return verifyNames(*this, getNames(), getNames().size());
}

LogicalResult TypeEnumOp::verify() {
  if (failed(verifyNotEmpty(*this, getNames().size())))
    return failure();
  return verifyNames(*this, getNames(), getNames().size());
}

LogicalResult TypeFuncOp::verify() {
  size_t params = getPrims().size() - (hasResult() ? 1 : 0);
  if (failed(verifyNames(*this, getNames(), params)))
    return failure();
  return verifyElements(*this, getPrims(), getTypes().size());
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

LogicalResult TypeInstanceOp::verifyRegions() {
  for (Operation &op : getBody().front())
    if (isa<ImportOp>(op))
      return emitRule(&op, Rule::instance_type_import)
             << "an instance type has no imports";
  return verifyScope(*this);
}

LogicalResult TypeComponentOp::verifyRegions() { return verifyScope(*this); }
