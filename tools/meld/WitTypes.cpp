//===- WitTypes.cpp - the types of a world ----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Records, variants, enums and flags have a name in each scope: the one that
// `types` of `meld.abi` says, or one after the function that needs it. The
// first interface that gives a type its name defines it, later ones use it,
// under another name where they have one.
//
//===----------------------------------------------------------------------===//

#include "TypeText.h"
#include "WitNames.h"
#include "WitWriter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace meld::driver::wit;
using llvm::StringRef;
using llvm::Twine;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// Types, as trees, that a world may have: what has no name in WIT has to be
/// said again wherever it stands, which can be exponentially often.
static constexpr size_t writtenTypes = 1000000;

/// Characters of a type beyond which it is said by its name where it has one,
/// though WIT could say it again.
static constexpr size_t longText = 64;

static constexpr StringRef nominal[] = {"record", "variant", "enum", "flags"};

/// The word and the members of a type that has to have a name.
static std::pair<StringRef, const Array *> findNominal(const Value &type) {
  const Object &object = asObject(type);
  for (StringRef word : nominal)
    if (const Array *members = object.getArray(word))
      return {word, members};
  return {"", nullptr};
}

/// A name that nothing in the scope has.
static std::string fresh(Scope &in, StringRef wanted) {
  std::string name = wanted.str();
  for (unsigned i = 2; !in.names.insert(name).second; ++i)
    name = (wanted + "-" + Twine(i)).str();
  return name;
}

//===----------------------------------------------------------------------===//
// Names that are given
//===----------------------------------------------------------------------===//

void Writer::defineAll() {
  for (const Value &row : list(abi, "types"))
    define(asObject(row));
}

/// A name that a scope has already is left alone: it has its definition.
void Writer::define(const Object &row) {
  const Value *given = row.get("type");
  StringRef name = text(row, "name");
  Scope &in = scope(text(row, "interface"));
  if (!given || name.empty() || !in.names.insert(name).second)
    return;
  llvm::SaveAndRestore restore(sharedCount);
  given = findShared(*given, abi.getArray("shared"), sharedCount);
  if (!given)
    return fail("the type \"" + name + "\" is not described");
  unsigned key = identities.of(*given, sharedCount);
  auto [word, members] = findNominal(*given);
  auto isUsable = [&](const Scope *from) {
    return from && from->isInPackage() && from->number < in.number;
  };
  Scope *&owner = owners[{name.str(), key}];
  if (isUsable(owner)) {
    use(*owner, name, name, in);
    if (owner->types.contains(key))
      in.types.try_emplace(key, id(name));
    return;
  }
  owner = &in;
  // A scope that has the type already gives it another name itself.
  auto first = firsts.try_emplace(key, Named{&in, name.str()}).first;
  if (members && !in.types.contains(key) && isUsable(first->second.scope)) {
    use(*first->second.scope, first->second.name, name, in);
    in.types[key] = id(name);
    return;
  }
  if (members && !in.types.contains(key)) {
    in.types[key] = id(name);
    writeMembers(word, id(name), *given->getAsObject(), in, name);
    return;
  }
  std::string text = type(*given, in, name);
  in.definitions += "type " + id(name) + " = " + text + ";\n";
  if (text.size() > longText)
    in.types.try_emplace(key, id(name));
}

void Writer::use(Scope &from, StringRef name, StringRef local, Scope &in) {
  bool isNear = in.isInPackage() && splitInterface(in.interface).first ==
                                        splitInterface(from.interface).first;
  std::string path = isNear ? id(splitInterface(from.interface).second)
                            : pathId(from.interface);
  in.uses += "use " + path + ".{" + id(name) +
             (local == name ? "" : " as " + id(local)) + "};\n";
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

void Writer::writeMembers(StringRef word, StringRef name, const Object &type,
                          Scope &in, const Twine &hint) {
  std::string body;
  for (const Value &member : *type.getArray(word)) {
    const Array *pair = member.getAsArray();
    bool hasType = pair && pair->size() == 2 && isThere(&(*pair)[1]);
    const Value &first = pair && !pair->empty() ? pair->front() : member;
    StringRef label = first.getAsString().value_or("?");
    body += "  " + id(label);
    if (hasType) {
      std::string of = this->type((*pair)[1], in, hint + "-" + label);
      body += word == "variant" ? "(" + of + ")" : ": " + of;
    }
    body += ",\n";
  }
  in.definitions += (word + " " + name + " {\n" + body + "}\n").str();
}

/// A type that WIT has no expression for: defined once in each scope.
std::string Writer::named(StringRef word, const Value &type, unsigned key,
                          Scope &in, const Twine &hint) {
  std::string name = id(fresh(in, hint.str()));
  in.types[key] = name;
  writeMembers(word, name, *type.getAsObject(), in, hint);
  return name;
}

/// `tuple<a, b>`; what a result has not is `_`, and left out at its end.
std::string Writer::arguments(StringRef word, const Array &types, Scope &in,
                              const Twine &hint) {
  llvm::SmallVector<std::string> parts;
  for (auto [i, part] : llvm::enumerate(types))
    parts.push_back(isThere(&part) ? type(part, in, hint + "-" + Twine(i))
                                   : "_");
  while (!parts.empty() && parts.back() == "_")
    parts.pop_back();
  return parts.empty() ? word.str()
                       : (word + "<" + llvm::join(parts, ", ") + ">").str();
}

const Object *Writer::findResource(StringRef symbol) const {
  for (const Value &each : list(abi, "resources"))
    if (text(asObject(each), "name") == symbol)
      return each.getAsObject();
  return nullptr;
}

/// What `own` and `borrow` name: a resource of this scope, or of another. One
/// that the program defines has to know its handles by wit-component's imports.
std::string Writer::resource(StringRef symbol, Scope &in, const Twine &hint) {
  const Object *row = findResource(symbol);
  if (!row) {
    fail("\"" + hint +
         "\" is a handle of a resource that no function at the edge has, and "
         "that `meld.abi` does not describe for that reason; export the types "
         "with an interface whose functions have it, or leave them out");
    return symbol.str();
  }
  StringRef interface = text(*row, "interface"), name = text(*row, "resource");
  bool isOfHost = row->getBoolean("host").value_or(false);
  if (interface.empty()) {
    fail("the resource \"" + (name.empty() ? symbol : name) +
         "\" belongs to no interface, and WIT exports resources with "
         "interfaces alone; move it into one, with the functions that have "
         "it");
    return name.str();
  }
  if (!isOfHost && text(*row, "dtor").empty())
    fail("the program defines the resource \"" + name +
         "\"; fuse it with --edge=component");
  Scope &owner = scope(interface);
  owner.resources[name].isOfHost = isOfHost;
  owner.names.insert(name);
  (isOfHost ? owner.isImported : owner.isExported) = true;
  if (in.interface == interface)
    return id(name);
  if (!owner.isInPackage())
    fail("the resource \"" + name + "\" of the interface \"" + interface +
         "\", which belongs to no package, is used outside of it");
  std::string &local = in.used[symbol];
  if (local.empty()) {
    std::string plain = fresh(in, name);
    local = id(plain);
    use(owner, name, plain, in);
  }
  return local;
}

std::string Writer::type(const Value &given, Scope &in, const Twine &hint) {
  llvm::SaveAndRestore restore(sharedCount);
  const Value *found = findShared(given, abi.getArray("shared"), sharedCount);
  if (!found)
    fail("a type that \"" + hint + "\" has is not described");
  else if (++written > writtenTypes)
    fail("its types are longer than WIT can say: " + Twine(writtenTypes) +
         " parts and more");
  if (!fault.empty()) // goes no further, there may be much
    return "?";
  const Value &type = *found;
  if (auto primitive = type.getAsString())
    return primitive->str();
  unsigned key = identities.of(type, sharedCount);
  if (auto known = in.types.find(key); known != in.types.end())
    return known->second;
  const Object *object = &asObject(type);
  if (auto [word, members] = findNominal(type); members)
    return named(word, type, key, in, hint);
  static constexpr StringRef several[] = {"tuple", "result", "map"};
  for (StringRef word : several)
    if (const Array *types = object->getArray(word))
      return arguments(word, *types, in, hint);
  if (auto symbol = object->getString("own"))
    return resource(*symbol, in, hint);
  if (auto symbol = object->getString("borrow"))
    return "borrow<" + resource(*symbol, in, hint) + ">";
  if (const Value *of = object->get("option"))
    return "option<" + this->type(*of, in, hint) + ">";
  if (const Value *of = object->get("list")) {
    std::string element = this->type(*of, in, hint);
    if (auto length = object->getInteger("length"))
      element += ", " + std::to_string(*length);
    return "list<" + element + ">";
  }
  fail("values of type " + typeText(type, abi.getArray("shared")) +
       " do not pass the edge");
  return "?";
}
