//===- WitText.cpp - the world of a fused program ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scope is an interface, or the world itself. Functions are written into
// their scope one after the other; on the way the scope collects the types that
// have to have a name, and what it uses of other scopes.
//
//===----------------------------------------------------------------------===//

#include "WitText.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using llvm::StringRef;
using llvm::Twine;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

namespace {

/// What stands between the braces of an interface or the world.
struct Scope {
  std::string interface; // empty for the world
  llvm::StringSet<> names;
  llvm::StringMap<std::string> types; // JSON text -> name
  std::string uses, definitions, functions;
  llvm::MapVector<StringRef, std::string> resources; // name -> members
  llvm::StringSet<> written, exported;               // names of functions
  bool isImported = false, isExported = false;
};

class Writer {
public:
  explicit Writer(const Object &abi) : abi(abi) {}
  llvm::Expected<std::string> run();

private:
  void addAll(StringRef member, bool exported);
  void add(const Object &entry, bool exported);
  void checkMemory(const Object &entry);
  Scope &scope(StringRef interface);

  std::string type(const Value &type, Scope &in, const Twine &hint);
  std::string named(StringRef word, const Value &type, const Array &members,
                    Scope &in, const Twine &hint);
  std::string arguments(StringRef word, const Array &types, Scope &in,
                        const Twine &hint);
  std::string resource(StringRef symbol, Scope &in);
  std::string signature(const Object &entry, Scope &in, bool isMethod,
                        bool isConstructor);

  void checkExported(const Scope &scope);
  void writeScope(const Scope &scope, unsigned indent, llvm::raw_ostream &os);
  void fail(const Twine &why) {
    if (fault.empty())
      fault = why.str();
  }

  const Object &abi;
  llvm::MapVector<StringRef, std::unique_ptr<Scope>> scopes;
  std::optional<int64_t> memory;
  std::string encoding, worldImports, worldExports, fault;
};

} // namespace

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A name as WIT has it, where words of the language are marked.
static std::string id(StringRef name) {
  static const llvm::StringSet<> words = {
      "as",       "async",         "bool",   "borrow", "char",    "constructor",
      "enum",     "error-context", "export", "f32",    "f64",     "flags",
      "from",     "func",          "future", "import", "include", "interface",
      "list",     "map",           "option", "own",    "package", "record",
      "resource", "result",        "s16",    "s32",    "s64",     "s8",
      "static",   "stream",        "string", "tuple",  "type",    "u16",
      "u32",      "u64",           "u8",     "use",    "variant", "with",
      "world"};
  return (words.contains(name) ? "%" : "") + name.str();
}

/// `world:p/use@1.0` as `%world:p/%use@1.0`: `id` of each name of a path.
static std::string pathId(StringRef path) {
  std::string result;
  for (size_t end; (end = path.find_first_of(":/@")) != StringRef::npos;
       path = path.drop_front(end + 1)) {
    if (path[end] == '@')
      return result + id(path.take_front(end)) + path.drop_front(end).str();
    result += id(path.take_front(end)) + path[end];
  }
  return result + id(path);
}

/// `ns:p/i@1.0` as `ns:p@1.0` and `i`.
static std::pair<std::string, StringRef> splitInterface(StringRef name) {
  auto [path, version] = name.split('@');
  auto [package, interface] = path.rsplit('/');
  return {(package + (version.empty() ? "" : "@") + version).str(), interface};
}

/// A name that nothing in the scope has.
static std::string fresh(Scope &in, StringRef wanted) {
  std::string name = wanted.str();
  for (unsigned i = 2; !in.names.insert(name).second; ++i)
    name = (wanted + "-" + Twine(i)).str();
  return name;
}

static StringRef text(const Object &object, StringRef member) {
  return object.getString(member).value_or("");
}

/// The section may be broken: what is not there is empty.
static llvm::ArrayRef<Value> list(const Object &object, StringRef member) {
  const Array *values = object.getArray(member);
  return values ? llvm::ArrayRef<Value>(values->data(), values->size())
                : llvm::ArrayRef<Value>();
}

static const Object &asObject(const Value &value) {
  static const Object none;
  const Object *object = value.getAsObject();
  return object ? *object : none;
}

static bool isThere(const Value *value) {
  return value && value->kind() != Value::Null;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// A type that WIT has no expression for: defined once in each scope.
std::string Writer::named(StringRef word, const Value &type,
                          const Array &members, Scope &in, const Twine &hint) {
  std::string key;
  llvm::raw_string_ostream(key) << type;
  if (auto known = in.types.find(key); known != in.types.end())
    return known->second;
  std::string name = id(fresh(in, hint.str()));
  in.types[key] = name;
  std::string body;
  for (const Value &member : members) {
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

/// What `own` and `borrow` name: a resource of this scope, or of another.
std::string Writer::resource(StringRef symbol, Scope &in) {
  const Object *row = nullptr;
  for (const Value &each : list(abi, "resources"))
    if (text(asObject(each), "name") == symbol)
      row = each.getAsObject();
  if (!row || !row->getBoolean("host").value_or(false)) {
    fail("the program defines the resource \"" + symbol +
         "\", which a core module makes by imports that it does not have");
    return symbol.str();
  }
  StringRef interface = text(*row, "interface"), name = text(*row, "resource");
  if (interface.empty()) {
    fail("the resource \"" + name + "\" belongs to no interface");
    return name.str();
  }
  scope(interface).resources.try_emplace(name);
  scope(interface).names.insert(name);
  if (in.interface == interface)
    return id(name);
  std::string &local = in.types[("use " + symbol).str()];
  if (local.empty()) {
    local = id(fresh(in, name));
    bool isNear =
        splitInterface(in.interface).first == splitInterface(interface).first;
    std::string from =
        isNear ? id(splitInterface(interface).second) : pathId(interface);
    in.uses += "use " + from + ".{" + id(name) +
               (local == id(name) ? "" : " as " + local) + "};\n";
  }
  return local;
}

std::string Writer::type(const Value &type, Scope &in, const Twine &hint) {
  if (auto primitive = type.getAsString())
    return primitive->str();
  const Object *object = &asObject(type);
  static constexpr StringRef nominal[] = {"record", "variant", "enum", "flags"};
  for (StringRef word : nominal)
    if (const Array *members = object->getArray(word))
      return named(word, type, *members, in, hint);
  static constexpr StringRef several[] = {"tuple", "result", "map"};
  for (StringRef word : several)
    if (const Array *types = object->getArray(word))
      return arguments(word, *types, in, hint);
  if (auto symbol = object->getString("own"))
    return resource(*symbol, in);
  if (auto symbol = object->getString("borrow"))
    return "borrow<" + resource(*symbol, in) + ">";
  if (const Value *of = object->get("option"))
    return "option<" + this->type(*of, in, hint) + ">";
  if (const Value *of = object->get("list")) {
    std::string element = this->type(*of, in, hint);
    if (auto length = object->getInteger("length"))
      element += ", " + std::to_string(*length);
    return "list<" + element + ">";
  }
  fail("values of type " + llvm::formatv("{0}", type).str() +
       " do not pass the edge");
  return "?";
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Scope &Writer::scope(StringRef interface) {
  std::unique_ptr<Scope> &slot = scopes[interface];
  if (!slot) {
    slot = std::make_unique<Scope>();
    slot->interface = interface.str();
  }
  return *slot;
}

static llvm::ArrayRef<Value> withoutSelf(const Object &entry, bool isMethod) {
  llvm::ArrayRef<Value> params = list(entry, "params");
  return isMethod && !params.empty() ? params.drop_front() : params;
}

/// `(a: u32) -> string`; `self` and what a constructor gives go without saying.
std::string Writer::signature(const Object &entry, Scope &in, bool isMethod,
                              bool isConstructor) {
  std::string name = text(entry, "name").str();
  StringRef base = StringRef(name).rsplit(']').second;
  std::string stem =
      llvm::join(llvm::split(base.empty() ? StringRef(name) : base, '.'), "-");
  llvm::SmallVector<std::string> params;
  for (const Value &param : withoutSelf(entry, isMethod)) {
    StringRef label = text(asObject(param), "name");
    const Value *given = asObject(param).get("type");
    params.push_back(id(label) + ": " +
                     (given ? type(*given, in, stem + "-" + label) : "?"));
  }
  std::string result = "(" + llvm::join(params, ", ") + ")";
  const Value *given = entry.get("result");
  bool isPlain = isConstructor && given && asObject(*given).getString("own");
  if (isThere(given) && !isPlain)
    result += " -> " + type(*given, in, stem + "-result");
  return result;
}

/// All values lie in the memory that the core module exports as `memory`.
void Writer::checkMemory(const Object &entry) {
  std::optional<int64_t> own = entry.getInteger("memory");
  if (!own)
    return;
  StringRef realloc = text(entry, "realloc"),
            own_encoding = text(entry, "string_encoding");
  if (memory && (*memory != *own || encoding != own_encoding))
    fail("\"" + text(entry, "name") +
         "\" passes its values in another memory, or with another encoding, "
         "than the functions before it; fuse it with --edge=component");
  if (!realloc.empty() && realloc != "cabi_realloc")
    fail("\"" + text(entry, "name") +
         "\" has a realloc of its own; fuse it with --edge=component");
  memory = own;
  encoding = own_encoding.str();
}

void Writer::add(const Object &entry, bool exported) {
  StringRef name = text(entry, "name"), interface = text(entry, "interface");
  if (entry.getBoolean("async").value_or(false))
    fail("\"" + name + "\" is asynchronous");
  checkMemory(entry);
  Scope &in = scope(interface);
  (exported ? in.isExported : in.isImported) = true;
  auto [bracket, rest] = name.split(']');
  bool isMethod = bracket == "[method",
       isConstructor = bracket == "[constructor";
  std::string written = signature(entry, in, isMethod, isConstructor);
  if (interface.empty()) {
    (exported ? worldExports : worldImports) +=
        (exported ? "export " : "import ") + id(name) + ": func" + written +
        ";\n";
    return;
  }
  if (exported)
    in.exported.insert(name);
  if (!in.written.insert(name).second)
    return; // imported, and exported
  if (rest.empty()) {
    in.functions += id(name) + ": func" + written + ";\n";
    return;
  }
  auto [resource, member] = rest.split('.');
  std::string &members = in.resources[resource];
  in.names.insert(resource);
  if (isConstructor)
    members += "constructor" + written + ";\n";
  else
    members +=
        id(member) + (isMethod ? ": func" : ": static func") + written + ";\n";
}

void Writer::addAll(StringRef member, bool exported) {
  // Names of functions and types of a scope are all different.
  for (const Value &entry : list(abi, member))
    scope(text(asObject(entry), "interface"))
        .names.insert(text(asObject(entry), "name"));
  for (const Value &entry : list(abi, member))
    add(asObject(entry), exported);
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

static void writeLines(StringRef lines, unsigned indent,
                       llvm::raw_ostream &os) {
  for (StringRef line : llvm::split(lines, '\n'))
    if (!line.empty())
      os.indent(indent) << line << '\n';
}

void Writer::writeScope(const Scope &scope, unsigned indent,
                        llvm::raw_ostream &os) {
  writeLines(scope.uses, indent, os);
  writeLines(scope.definitions, indent, os);
  for (auto &[name, members] : scope.resources) {
    os.indent(indent) << "resource " << id(name) << " {\n";
    writeLines(members, indent + 2, os);
    os.indent(indent) << "}\n";
  }
  writeLines(scope.functions, indent, os);
}

/// An interface has one text, also where it is imported and exported.
void Writer::checkExported(const Scope &scope) {
  if (!scope.isExported)
    return;
  for (const auto &each : scope.written)
    if (!scope.exported.contains(each.getKey()))
      fail("\"" + each.getKey() +
           "\" is imported and not exported, with the "
           "interface \"" +
           scope.interface + "\" that is both");
  if (!scope.resources.empty())
    fail("the interface \"" + scope.interface +
         "\" is exported, and has a resource that the host defines");
}

llvm::Expected<std::string> Writer::run() {
  addAll("imports", /*exported=*/false);
  addAll("exports", /*exported=*/true);
  Scope &world = scope("");
  std::string result;
  llvm::raw_string_ostream os(result);
  if (!encoding.empty() && encoding != "utf8")
    os << "// Strings are " << encoding << ".\n";
  os << "package meld:fused;\n\nworld fused {\n";
  std::map<std::string, llvm::SmallVector<const Scope *>> packages;
  for (auto &[name, each] : scopes)
    checkExported(*each);
  for (auto &[name, each] : scopes)
    for (bool exported : {false, true}) {
      if (name.empty() || !(exported ? each->isExported : each->isImported))
        continue;
      os << (exported ? "  export " : "  import ");
      if (name.contains('/')) {
        os << pathId(name) << ";\n";
        continue;
      }
      os << id(name) << ": interface {\n";
      writeScope(*each, 4, os);
      os << "  }\n";
    }
  for (auto &[name, each] : scopes)
    if (name.contains('/'))
      packages[splitInterface(name).first].push_back(each.get());
  writeLines(world.uses, 2, os);
  writeLines(world.definitions, 2, os);
  writeLines(worldImports, 2, os);
  writeLines(worldExports, 2, os);
  os << "}\n";
  for (auto &[package, members] : packages) {
    os << "\npackage " << pathId(package) << " {\n";
    for (const Scope *each : members) {
      os << "  interface " << id(splitInterface(each->interface).second)
         << " {\n";
      writeScope(*each, 4, os);
      os << "  }\n";
    }
    os << "}\n";
  }
  if (!fault.empty())
    return llvm::createStringError(fault);
  return result;
}

llvm::Expected<std::string> meld::driver::witText(const Object &abi) {
  return Writer(abi).run();
}
