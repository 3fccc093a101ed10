//===- CodeSection.cpp - The functions of a module as bytes -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeSection.h"

#include "FunctionEmitter.h"
#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;

/// How many bytes of input make a chunk: enough that a thread is worth it, so
/// few that two cores end at about the same time.
static constexpr size_t chunkBytes = 1 << 18;

void CodeSection::append(Chunk &chunk, Operation *op, const ByteWriter &code,
                         core::OffsetMap::Function mapped) {
  chunk.bytes.sized(code.bytes());
  if (isMapped)
    chunk.entries.push_back({op, uint32_t(chunk.bytes.size() - code.size()),
                             uint32_t(code.size()), std::move(mapped)});
}

LogicalResult CodeSection::emit(FuncOp op) {
  ByteWriter code;
  if (failed(FunctionEmitter(op, index).emit(code)))
    return failure();
  if (chunks.empty() || endsWithCopies())
    chunks.emplace_back();
  append(chunks.back(), op, code, {});
  return success();
}

LogicalResult CodeSection::plan(BytesOp op) {
  FailureOr<BodyCopier::Body> body = bodies.body(op);
  if (failed(body))
    return failure();
  if (!endsWithCopies() || works.back().inputBytes >= chunkBytes) {
    works.emplace_back();
    works.back().chunk = chunks.size();
    chunks.emplace_back();
  }
  works.back().copies.push_back({op, *body});
  works.back().inputBytes += body->bytes.size();
  return success();
}

/// Touches nothing but the work and its chunk: threads run it.
void CodeSection::copy(Work &work) {
  Chunk &chunk = chunks[work.chunk];
  // Copies are a little longer than what they are copies of.
  chunk.bytes.reserve(work.inputBytes + work.inputBytes / 8);
  ByteWriter code;
  for (auto [op, body] : work.copies) {
    core::OffsetMap::Function mapped;
    code.truncate(0);
    work.error = BodyCopier::copy(body, code, work.references,
                                  isMapped ? &mapped.pieces : nullptr);
    if (work.error) {
      work.failedOp = op;
      return;
    }
    append(chunk, op, code, std::move(mapped));
  }
}

LogicalResult CodeSection::write() {
  for (Operation *op : index.functions)
    if (failed(isa<BytesOp>(op) ? plan(cast<BytesOp>(op))
                                : emit(cast<FuncOp>(op))))
      return failure();
  if (works.empty())
    return success();
  parallelForEach(works.front().copies.front().first->getContext(), works,
                  [&](Work &work) { copy(work); });
  for (Work &work : works) {
    if (work.error)
      return BodyCopier::report(work.failedOp, *work.error);
    bodies.addReferences(work.references);
  }
  return success();
}
