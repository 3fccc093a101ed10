//===- EdgeResources.h - resources that the host knows ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGERESOURCES_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGERESOURCES_H

#include "Entry.h"

namespace meld::lowering {

/// Where resources of one side end when the other drops them. What the program
/// defines, the host drops by the export `[resource-drop]r`; what the host
/// defines, the program drops by the import of that name.
class EdgeResources {
public:
  EdgeResources(Program &program, Abi &abi, Entry &entry)
      : program(program), abi(abi), entry(entry) {}

  /// Describes the resources in a type at the edge, and lets the host drop
  /// those that the program defines.
  void add(component::FuncType type);

  /// Drops a handle of `instance`, null for the host. If the handle owns the
  /// resource, the destructor runs, or the host is told.
  void drop(Code &code, component::ResourceOp resource, mlir::Value handle,
            mlir::FlatSymbolRefAttr instance);

private:
  void describe(component::ResourceOp resource);
  void exportDrop(component::ResourceOp resource);
  mlir::FlatSymbolRefAttr importDrop(component::ResourceOp resource);
  void destroy(Code &code, component::ResourceOp resource,
               mlir::FlatSymbolRefAttr caller, mlir::Value rep);

  Program &program;
  Abi &abi;
  Entry &entry;
  llvm::DenseSet<mlir::StringAttr> described;
  llvm::DenseMap<mlir::StringAttr, mlir::FlatSymbolRefAttr> imports;
};

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_EDGERESOURCES_H
