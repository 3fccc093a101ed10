//===- Bytecode.h - dialect versions in bytecode ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_BYTECODE_H
#define MELD_SUPPORT_BYTECODE_H

#include "mlir/Bytecode/BytecodeImplementation.h"

namespace meld {

/// Writes the version of a dialect into bytecode and refuses newer ones when
/// reading. Attributes and types go in as text unless a dialect derives from
/// this class and encodes its own; text that was written before is read as
/// well.
class VersionedBytecode : public mlir::BytecodeDialectInterface {
public:
  struct Version : mlir::DialectVersion {
    explicit Version(uint64_t number) : number(number) {}
    uint64_t number;
  };

  /// The version that all dialects write. A dialect that changes its form
  /// gets a version of its own, and `upgradeFromVersion`.
  static constexpr uint64_t currentVersion = 0;

  explicit VersionedBytecode(mlir::Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}

  void writeVersion(mlir::DialectBytecodeWriter &writer) const override {
    writer.writeVarInt(currentVersion);
  }

  std::unique_ptr<mlir::DialectVersion>
  readVersion(mlir::DialectBytecodeReader &reader) const override {
    uint64_t number = 0;
    if (failed(reader.readVarInt(number)))
      return nullptr;
    if (number <= currentVersion)
      return std::make_unique<Version>(number);
    reader.emitError() << "`" << getDialect()->getNamespace()
                       << "` dialect version " << number << " is newer than "
                       << currentVersion;
    return nullptr;
  }

protected:
  /// Reads what `writeList` wrote by a call of `read` for each item. MLIR's own
  /// `readList` would reserve room for as many items as the bytes claim.
  template <typename Read>
  static llvm::LogicalResult readItems(mlir::DialectBytecodeReader &reader,
                                       Read read) {
    uint64_t count;
    if (failed(reader.readVarInt(count)))
      return llvm::failure();
    for (; count; --count)
      if (failed(read()))
        return llvm::failure();
    return llvm::success();
  }
};

} // namespace meld

#endif // MELD_SUPPORT_BYTECODE_H
