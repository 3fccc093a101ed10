//===- ComponentDialect.cpp - the component dialect -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/Component.h"

#include "mlir/Bytecode/BytecodeImplementation.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace meld::component;

#include "meld/Dialect/Component/IR/ComponentDialect.cpp.inc"
#include "meld/Dialect/Component/IR/ComponentEnums.cpp.inc"
#include "meld/Dialect/Component/IR/ComponentInterfaces.cpp.inc"

namespace {

struct Version : public DialectVersion {
  explicit Version(uint64_t number) : number(number) {}
  uint64_t number;
};

/// Version 0 writes types and attributes as text; only the number is ours.
class BytecodeInterface : public BytecodeDialectInterface {
public:
  explicit BytecodeInterface(Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}

  void writeVersion(DialectBytecodeWriter &writer) const override {
    writer.writeVarInt(currentVersion);
  }

  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const override {
    uint64_t number = 0;
    if (failed(reader.readVarInt(number)))
      return nullptr;
    if (number > currentVersion) {
      reader.emitError() << "`component` dialect version " << number
                         << " is newer than " << currentVersion;
      return nullptr;
    }
    return std::make_unique<Version>(number);
  }

private:
  static constexpr uint64_t currentVersion = 0;
};

} // namespace

void ComponentDialect::initialize() {
  registerAttributes();
  registerTypes();
  registerScopeOps();
  registerTypeOps();
  registerLiftOps();
  registerHandleOps();
  registerTaskOps();
  registerStreamOps();
  registerThreadOps();
  registerFlatOps();
  addInterfaces<BytecodeInterface>();
}
