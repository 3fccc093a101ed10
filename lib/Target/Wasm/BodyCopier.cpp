//===- BodyCopier.cpp - Guest bytes with new indices ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BodyCopier.h"
#include "meld/Support/Rules.h"

#include "CodeCopy.h"
#include "meld/Support/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

LogicalResult BodyCopier::report(Operation *op,
                                 const std::optional<ReadError> &error) {
  if (!error)
    return success();
  Location loc = op->getLoc();
  return emitRule(loc, error->rule)
         << error->message << " (byte 0x"
         << llvm::utohexstr(error->offset, true) << " of the module)";
}

//===----------------------------------------------------------------------===//
// Sources
//===----------------------------------------------------------------------===//

LogicalResult BodyCopier::number(Source &source) {
  SpaceOp space = source.space;
  source.isNumbered = true;
  for (Attribute type : space.getTypes())
    source.numbers[0].push_back(
        index.typeIndex(cast<TypeAttr>(type).getValue()));
  ArrayAttr lists[] = {space.getFunctions(), space.getTables(),
                       space.getMemories(),  space.getGlobals(),
                       space.getTags(),      space.getDatas(),
                       space.getElems()};
  for (auto [kind, list] : llvm::enumerate(lists))
    for (auto symbol : list.getAsRange<FlatSymbolRefAttr>()) {
      // The space itself stands for what is not there.
      FailureOr<uint32_t> found = CodeCopy::dropped;
      if (symbol.getAttr() != space.getSymNameAttr() &&
          failed(found = index.find(space, symbol)))
        return failure();
      source.numbers[kind + 1].push_back(*found);
    }
  return success();
}

BodyCopier::Source *BodyCopier::open(Operation *user, FlatSymbolRefAttr name) {
  Source *source = read(user, name);
  return source && (source->isNumbered || succeeded(number(*source))) ? source
                                                                      : nullptr;
}

BodyCopier::Source *BodyCopier::read(Operation *user, FlatSymbolRefAttr name) {
  std::unique_ptr<Source> &slot = opened[name.getAttr()];
  if (slot)
    return slot.get();
  auto source = std::make_unique<Source>();
  auto space = cast<SpaceOp>(index.findNested(name));
  auto nested = cast<wasm::ModuleOp>(index.findNested(space.getModuleAttr()));
  std::optional<ArrayRef<uint8_t>> bytes;
  if (nested.getBytes())
    bytes = nested.getBytes()->getBytes();
  if (!bytes) {
    (void)refuse(nested, "has no bytes to copy from");
    return nullptr;
  }
  if (failed(report(nested, core::readModule(*bytes, source->view))))
    return nullptr;
  source->space = space;
  slot = std::move(source);
  return slot.get();
}

/// Entry N of a list of the module, or the error at `op` that it has none.
template <typename T>
static const T *entry(Operation *op, ArrayRef<T> list, uint32_t n) {
  if (n < list.size())
    return &list[n];
  (void)refuse(op, "names body " + Twine(n) + ", but the module has " +
                       Twine(list.size()));
  return nullptr;
}

/// Definition N of a kind, which is listed behind the imported ones.
template <typename T>
static const T *definition(Operation *op, const core::ModuleView &view,
                           core::ExternKind kind, ArrayRef<T> list,
                           uint32_t n) {
  return entry(op, list.drop_front(view.imported[unsigned(kind)]), n);
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

FailureOr<BodyCopier::Body> BodyCopier::body(BytesOp op) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  auto *bytes = entry(op, ArrayRef(source->view.bodies), op.getIndex());
  if (!bytes)
    return failure();
  return Body{*bytes, &source->view, source->numbers};
}

std::optional<ReadError>
BodyCopier::copy(const Body &body, ByteWriter &out,
                 llvm::SmallVectorImpl<uint32_t> &references,
                 std::vector<core::OffsetMap::Piece> *pieces) {
  ByteReader in = body.view->reader(body.bytes);
  CodeCopy copy(in, out, body.numbers);
  copy.collectReferences(references);
  if (pieces)
    copy.collectPieces(*pieces);
  copy.locals();
  copy.expression();
  if (!in.failed() && !in.atEnd())
    in.fail(Rule::size_mismatch, in.offset(),
            "the body goes on after its last `end`");
  return in.error();
}

LogicalResult BodyCopier::copyExpression(Operation *op, Source &source,
                                         core::Expression expression,
                                         ByteWriter &out) {
  ByteReader in = source.view.reader(expression);
  CodeCopy copy(in, out, source.numbers);
  copy.collectReferences(declared);
  copy.expression();
  return report(op, in.error());
}

/// The offset that the op gives, else that of the source.
LogicalResult BodyCopier::copyOffset(Operation *op, Source &source,
                                     std::optional<int64_t> given, bool wide,
                                     core::Expression expression,
                                     ByteWriter &out) {
  if (!given)
    return copyExpression(op, source, expression, out);
  out.byte(core::rowOf(wide ? core::Op::I64Const : core::Op::I32Const).code);
  out.s(wide ? *given : int32_t(*given));
  out.byte(core::rowOf(core::Op::End).code);
  return success();
}

LogicalResult BodyCopier::copyGlobal(GlobalOp op, ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  auto *global = definition(op, source->view, core::ExternKind::Global,
                            ArrayRef(source->view.globals), *op.getIndex());
  return global ? copyExpression(op, *source, global->init, out) : failure();
}

LogicalResult BodyCopier::copyTable(TableOp op, ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  auto *table = definition(op, source->view, core::ExternKind::Table,
                           ArrayRef(source->view.tables), *op.getIndex());
  return table ? copyEarly(op, *source, table->init, out) : failure();
}

namespace {
/// What a constant expression reads and makes.
struct Contents {
  SmallVector<uint32_t, 2> globals;
  unsigned instructions = 0;
  /// A copy of it would make another object.
  bool makesObjects = false;
};
} // namespace

static Contents contentsOf(ByteReader in) {
  Contents found;
  core::NoSink sink;
  core::InstructionReader<core::NoSink> reader(in, sink);
  core::Instruction instruction;
  while (reader.next(instruction) && instruction.op() != core::Op::End) {
    ++found.instructions;
    if (instruction.op() == core::Op::GlobalGet)
      found.globals.push_back(instruction.index[0]);
    found.makesObjects |=
        instruction.row->feature == core::Feature::GarbageCollection &&
        instruction.op() != core::Op::RefI31;
  }
  return found;
}

GlobalOp BodyCopier::definedGlobal(const Source &source,
                                   ArrayRef<uint32_t> globals) const {
  ArrayRef<uint32_t> numbers = source.numbers[unsigned(IndexKind::Global)];
  uint32_t first = index.imported(core::ExternKind::Global);
  for (uint32_t old : globals) {
    uint32_t number = old < numbers.size() ? numbers[old] : CodeCopy::dropped;
    if (number != CodeCopy::dropped && number >= first)
      return index.globals[number - first];
  }
  return {};
}

/// Tables stand before globals, so their initializers read imported ones only
/// (Core: Validation, Modules). What an instance imports may be defined now:
/// then the table is initialized as that global is.
LogicalResult BodyCopier::copyEarly(TableOp op, Source &table,
                                    core::Expression init, ByteWriter &out) {
  Early early{&table, init};
  SmallVector<GlobalOp> followed;
  while (true) {
    Contents contents = contentsOf(early.source->view.reader(early.expression));
    GlobalOp read = definedGlobal(*early.source, contents.globals);
    bool copiesObject =
        !followed.empty() && contents.makesObjects && !op.getRefilled();
    if (!read && !copiesObject)
      break;
    // A circle of globals ends here, too.
    if (!read || contents.instructions != 1 || !read.getIndex() ||
        followed.size() > index.globals.size())
      return emitRule(op, Rule::unsupported_feature)
             << "has an initial value that depends on a global of another "
                "instance and is not equal to one of its initializers";
    followed.push_back(read);
    if (auto known = initializers.find(read); known != initializers.end()) {
      early = known->second;
      continue;
    }
    early.source = open(op, read.getSpaceAttr());
    if (!early.source)
      return failure();
    const core::ModuleView &view = early.source->view;
    auto *global = definition(read, view, core::ExternKind::Global,
                              ArrayRef(view.globals), *read.getIndex());
    if (!global)
      return failure();
    early.expression = global->init;
  }
  for (GlobalOp global : followed)
    initializers[global] = early;
  return copyExpression(op, *early.source, early.expression, out);
}

LogicalResult BodyCopier::copyData(DataOp op, uint32_t memory,
                                   ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  auto *segment = entry(op, ArrayRef(source->view.datas), *op.getIndex());
  if (!segment)
    return failure();
  bool isActive = op.getMemory().has_value();
  if (isActive && segment->mode != core::SegmentMode::Active)
    return refuse(op, "has no offset in the module's bytes");
  out.u(!isActive ? 1 : memory ? 2 : 0);
  if (isActive && memory)
    out.u(memory);
  if (isActive && failed(copyOffset(op, *source, op.getOffset(),
                                    source->view.memories[segment->memory].is64,
                                    segment->offset, out)))
    return failure();
  out.sized(llvm::toStringRef(segment->contents));
  return success();
}

LogicalResult BodyCopier::copyElem(ElemOp op, uint32_t table, ByteWriter &out) {
  Source *source = open(op, op.getSpaceAttr());
  if (!source)
    return failure();
  auto *segment = entry(op, ArrayRef(source->view.elems), *op.getIndex());
  if (!segment)
    return failure();
  bool isActive = op.getTable().has_value();
  if (isActive && segment->mode != core::SegmentMode::Active)
    return refuse(op, "has no offset in the module's bytes");
  // The short form of an active segment is for table 0 and plain functions.
  bool expressions = segment->hasExpressions;
  bool isShort =
      isActive && !table && (!expressions || segment->type == core::funcRef);
  bool isDeclared = segment->mode == core::SegmentMode::Declarative;
  out.u((isActive ? 0 : 1) | ((isActive && !isShort) || isDeclared ? 2 : 0) |
        (expressions ? 4 : 0));
  if (isActive && !isShort)
    out.u(table);
  if (isActive &&
      failed(copyOffset(op, *source, op.getOffset(),
                        source->view.tables[segment->table].limits.is64,
                        segment->offset, out)))
    return failure();
  if (!isShort && !expressions)
    out.byte(0); // functions
  ByteReader in = source->view.reader(segment->elements);
  CodeCopy copy(in, out, source->numbers);
  if (!isShort && expressions)
    copy.type(segment->type);
  out.u(segment->count);
  copy.collectReferences(declared);
  for (uint32_t n = segment->count; n && !in.failed(); --n)
    expressions ? copy.expression() : copy.element();
  return report(op, in.error());
}
