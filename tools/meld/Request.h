//===- Request.h - what `fuse` and `link` are asked for ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_REQUEST_H
#define MELD_TOOLS_MELD_REQUEST_H

#include "Commands.h"
#include "llvm/ADT/SmallVector.h"

namespace meld::driver {

/// Which code `fuse` validates: what Meld made, also what the inputs bring,
/// also the copies of that.
enum class Verify { generated, guests, full };

/// The words of a command line that makes one file of several, sorted.
struct Request {
  llvm::StringRef command;
  llvm::SmallVector<llvm::StringRef> inputs;
  llvm::StringRef output;
  /// Where the offset map goes, if one is wanted.
  llvm::StringRef map;
  llvm::SmallVector<llvm::StringRef> kept;
  /// Options of the pipeline: `--spec=2026-08` is `spec=2026-08`.
  std::string options;
  Verify verify = Verify::guests;
  /// Which passes say what they made, as a regular expression; none if empty.
  llvm::StringRef remarks;
};

/// Reads the words of `command`, which takes options of the pipeline only if it
/// is `fuse`; on an error says what is wrong and fails.
llvm::FailureOr<Request> readRequest(llvm::StringRef command, Words words);

} // namespace meld::driver

#endif // MELD_TOOLS_MELD_REQUEST_H
