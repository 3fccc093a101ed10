//===- WitFunctions.cpp - the functions of a world --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `[method]r.f` and its like go between the braces of their resource, all other
// functions behind the types of their scope. What a core module under
// wit-component's names cannot say is refused on the way.
//
//===----------------------------------------------------------------------===//

#include "WitNames.h"
#include "WitWriter.h"

#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace meld::driver::wit;
using llvm::StringRef;
using llvm::json::Object;
using llvm::json::Value;

/// A function's name in parts: of `[method]r.f` the word `method`, `r`, `f`; of
/// others only the last.
namespace {
struct FunctionName {
  StringRef word, resource, member;

  explicit FunctionName(StringRef name) : member(name) {
    if (!name.consume_front("["))
      return;
    std::tie(word, name) = name.split(']');
    std::tie(resource, member) = name.split('.');
  }
  bool isMethod() const { return word == "method"; }
  bool isConstructor() const { return word == "constructor"; }
  /// What types are named after that have no name: `r-f`.
  std::string stem() const {
    if (word.empty())
      return member.str();
    return (resource + (member.empty() ? "" : "-") + member).str();
  }
};
} // namespace

static llvm::ArrayRef<Value> withoutSelf(const Object &entry, bool isMethod) {
  llvm::ArrayRef<Value> params = list(entry, "params");
  return isMethod && !params.empty() ? params.drop_front() : params;
}

/// `(a: u32) -> string`; `self` and what a constructor gives go without saying.
std::string Writer::signature(const Object &entry, Scope &in) {
  FunctionName name(text(entry, "name"));
  llvm::SmallVector<std::string> params;
  if (name.isMethod()) // says whose the resource is
    for (const Value &param : list(entry, "params").take_front())
      if (const Value *self = asObject(param).get("type"))
        type(*self, in, "self");
  for (const Value &param : withoutSelf(entry, name.isMethod())) {
    StringRef label = text(asObject(param), "name");
    const Value *given = asObject(param).get("type");
    params.push_back(
        id(label) + ": " +
        (given ? type(*given, in, name.stem() + "-" + label) : "?"));
  }
  std::string result = "(" + llvm::join(params, ", ") + ")";
  const Value *given = entry.get("result");
  if (!isThere(given))
    return result;
  std::string written = type(*given, in, name.stem() + "-result");
  bool isPlain = name.isConstructor() && asObject(*given).getString("own");
  return isPlain ? result : result + " -> " + written;
}

/// All values lie in the memory that the core module exports as `memory`.
void Writer::checkMemory(const Object &entry) {
  std::optional<int64_t> own = entry.getInteger("memory");
  if (!own)
    return;
  StringRef realloc = text(entry, "realloc"),
            ownEncoding = text(entry, "string_encoding");
  bool differs =
      !encoding.empty() && !ownEncoding.empty() && encoding != ownEncoding;
  if (memory && (*memory != *own || differs))
    fail("\"" + text(entry, "name") +
         "\" passes its values in another memory, or with another encoding, "
         "than the functions before it; fuse it with --edge=component");
  if (text(entry, "address_type") == "i64")
    fail("\"" + text(entry, "name") +
         "\" passes its values in a 64-bit memory; fuse it with "
         "--edge=component");
  if (!realloc.empty() && realloc != "cabi_realloc")
    fail("\"" + text(entry, "name") +
         "\" has a realloc of its own; fuse it with --edge=component");
  memory = own;
  if (!ownEncoding.empty()) // else it passes no strings
    encoding = ownEncoding.str();
}

/// A function of asynchronous type has the core function of a synchronous lift
/// or lower, or that of the host ABI.
void Writer::checkShape(const Object &entry) {
  StringRef core = text(entry, "core");
  if (core.starts_with("[start]") || core.starts_with("[call]"))
    fail("\"" + text(entry, "name") +
         "\" is asynchronous; fuse it with --edge=component");
  checkMemory(entry);
}

void Writer::addMember(const Object &entry, StringRef written, Scope &in) {
  FunctionName name(text(entry, "name"));
  std::string word = entry.getBoolean("async").value_or(false) ? "async " : "";
  if (name.word.empty()) {
    in.functions +=
        id(name.member) + ": " + word + "func" + written.str() + ";\n";
    return;
  }
  in.names.insert(name.resource);
  std::string &members = in.resources[name.resource].members;
  if (name.isConstructor())
    members += "constructor" + written.str() + ";\n";
  else
    members += id(name.member) + ": " + (name.isMethod() ? "" : "static ") +
               word + "func" + written.str() + ";\n";
}

void Writer::add(const Object &entry, bool exported) {
  StringRef name = text(entry, "name"), interface = text(entry, "interface");
  checkShape(entry);
  Scope &in = scope(interface);
  (exported ? in.isExported : in.isImported) = true;
  std::string written = signature(entry, in);
  if (interface.empty()) {
    bool isAsync = entry.getBoolean("async").value_or(false);
    (exported ? worldExports : worldImports) +=
        (exported ? "export " : "import ") + id(name) +
        (isAsync ? ": async func" : ": func") + written + ";\n";
    return;
  }
  if (exported)
    in.exported.insert(name);
  if (in.written.insert(name).second) // else imported, and exported
    addMember(entry, written, in);
}

/// An import that the lowers of the program made twice has no second name, and
/// the name `memory` is that of the memory.
void Writer::checkNames(StringRef member, bool exported) {
  std::set<std::pair<StringRef, StringRef>> names;
  for (const Value &value : list(abi, member)) {
    const Object &entry = asObject(value);
    StringRef name = text(entry, "name"), interface = text(entry, "interface");
    if (!names.emplace(interface, name).second)
      fail("\"" + name + "\" is " + (exported ? "exported" : "imported") +
           " more than once" +
           (interface.empty() ? "" : ", by \"" + interface + "\""));
    if (exported && memory && interface.empty() && name == "memory")
      fail("the function \"memory\" has the name that the memory needs through "
           "which values pass");
  }
}

void Writer::addAll(StringRef member, bool exported) {
  for (const Value &entry : list(abi, member))
    add(asObject(entry), exported);
  checkNames(member, exported);
}
