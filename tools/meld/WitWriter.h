//===- WitWriter.h - a world as it is written -------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scope is an interface, or the world itself. The types that have names come
// first, then functions are written into their scope one after the other; on
// the way the scope collects the types that have to have a name and were given
// none, and what it uses of other scopes.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TOOLS_MELD_WITWRITER_H
#define MELD_TOOLS_MELD_WITWRITER_H

#include "TypeIdentities.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <map>

namespace meld::driver::wit {

/// A resource of a scope, and what stands between its braces.
struct Resource {
  std::string members;
  bool isOfHost = false;
};

/// What stands between the braces of an interface or the world.
struct Scope {
  std::string interface; // empty for the world
  unsigned number = 0;   // as they were first mentioned; the world is the last
  llvm::StringSet<> names;
  llvm::DenseMap<unsigned, std::string> types; // identity -> name
  llvm::StringMap<std::string> used;           // symbol of a resource -> name
  std::string uses, definitions, functions;
  llvm::MapVector<llvm::StringRef, Resource> resources;
  llvm::StringSet<> written, exported; // names of functions
  bool isImported = false, isExported = false;

  /// Whether other scopes can use its types.
  bool isInPackage() const { return llvm::StringRef(interface).contains('/'); }
};

/// Members of `meld.abi`. The section may be broken: what is not there is
/// empty.
llvm::StringRef text(const llvm::json::Object &object, llvm::StringRef member);
llvm::ArrayRef<llvm::json::Value> list(const llvm::json::Object &object,
                                       llvm::StringRef member);
const llvm::json::Object &asObject(const llvm::json::Value &value);
bool isThere(const llvm::json::Value *value);

class Writer {
public:
  explicit Writer(const llvm::json::Object &abi)
      : abi(abi), sharedCount(list(abi, "shared").size()),
        identities(abi.getArray("shared")) {}
  llvm::Expected<std::string> run();

private:
  using Object = llvm::json::Object;
  using Value = llvm::json::Value;
  using StringRef = llvm::StringRef;

  // WitText.cpp: scopes, and the text of the whole.
  Scope &scope(StringRef interface);
  void reserveNames(StringRef member);
  void checkScope(const Scope &scope);
  void writeWorld(llvm::raw_ostream &os);
  void writePackages(llvm::raw_ostream &os);
  void fail(const llvm::Twine &why) {
    if (fault.empty())
      fault = why.str();
  }

  // WitTypes.cpp
  void defineAll();
  void define(const Object &row);
  void use(Scope &from, StringRef name, StringRef local, Scope &in);
  std::string type(const Value &given, Scope &in, const llvm::Twine &hint);
  std::string named(StringRef word, const Value &type, unsigned key, Scope &in,
                    const llvm::Twine &hint);
  void writeMembers(StringRef word, StringRef name, const Object &type,
                    Scope &in, const llvm::Twine &hint);
  std::string arguments(StringRef word, const llvm::json::Array &types,
                        Scope &in, const llvm::Twine &hint);
  const Object *findResource(StringRef symbol) const;
  std::string resource(StringRef symbol, Scope &in, const llvm::Twine &hint);

  // WitFunctions.cpp
  void addAll(StringRef member, bool exported);
  void checkNames(StringRef member, bool exported);
  void add(const Object &entry, bool exported);
  void addMember(const Object &entry, StringRef written, Scope &in);
  void checkShape(const Object &entry);
  void checkMemory(const Object &entry);
  std::string signature(const Object &entry, Scope &in);

  const Object &abi;
  /// Shared types that may be referred to, as `findShared` has it.
  size_t sharedCount;
  TypeIdentities identities;
  size_t written = 0; // types so far
  llvm::MapVector<StringRef, std::unique_ptr<Scope>> scopes;
  /// Who first gave a type this name, and who any name.
  std::map<std::pair<std::string, unsigned>, Scope *> owners;
  struct Named {
    Scope *scope;
    std::string name;
  };
  llvm::DenseMap<unsigned, Named> firsts;
  std::optional<int64_t> memory;
  std::string encoding, worldImports, worldExports, fault;
};

} // namespace meld::driver::wit

#endif // MELD_TOOLS_MELD_WITWRITER_H
