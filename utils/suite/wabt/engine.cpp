//===- engine.cpp - wabt's interpreter, driven by lines ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// wabt-engine MODULE REQUESTS ANSWERS: instantiates a core module, and does
// what the lines of the pipe REQUESTS say; wabt.mjs is the other side. Values
// are unsigned numbers of their bits, names and bytes are in hexadecimal.
//
//   (start)                      import TYPES MODULE NAME ...,
//                                export KIND TYPES NAME ..., then `ready`
//   call EXPORT VALUE...         `ok VALUE...`, or `trap MESSAGE`
//   get EXPORT, set EXPORT VALUE `ok VALUE`, `ok`
//   read EXPORT                  `ok BYTES`
//   write EXPORT OFFSET BYTES    `ok`
//
// Before `ok` or `trap` may come `imported IMPORT VALUE...`, a call of an
// import. More requests can follow then; the last one is
//
//   return VALUE...              it has returned
//   throw                        it has thrown: the answer will be `trap`
//
// Modules that import anything but functions are refused.
//
//===----------------------------------------------------------------------===//

#include "wabt/binary-reader.h"
#include "wabt/error-formatter.h"
#include "wabt/interp/binary-reader-interp.h"
#include "wabt/interp/interp.h"
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace wabt;
using namespace wabt::interp;

namespace {
class Engine {
public:
  Engine(std::istream &in, std::ostream &out)
      : store(features()), in(in), out(out) {}

  bool load(const char *path);
  /// Answers requests until there are no more, or one ends the call of an
  /// import: the line of that.
  std::string serve();

private:
  static Features features() {
    Features features;
    features.enable_multi_memory();
    features.enable_memory64();
    features.enable_tail_call();
    features.enable_exceptions();
    return features;
  }
  bool fail(const std::string &message) {
    out << "trap " << message << std::endl;
    return false;
  }
  /// Functions that ask the other side, in the place of imports.
  bool makeImports(RefVec &imports);
  Result callImport(size_t number, const FuncType &type, const Values &params,
                    Values &results, Trap::Ptr *trap);
  void listExports();
  void answer(const std::string &word, std::istream &words);
  void call(Extern::Ptr function, std::istream &words);

  Store store;
  std::istream &in;
  std::ostream &out;
  Instance::Ptr instance;
  ModuleDesc description;
};
} // namespace

static std::string hex(const void *data, size_t size) {
  static const char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * size);
  for (size_t i = 0; i < size; ++i) {
    uint8_t byte = static_cast<const uint8_t *>(data)[i];
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

static Value fromBits(Type type, uint64_t bits) {
  if (type == Type::I32)
    return Value::Make(uint32_t(bits));
  if (type == Type::I64)
    return Value::Make(bits);
  Value value = Value::Make(uint64_t(0)); // floats by their bits
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

static uint64_t toBits(Type type, const Value &value) {
  uint64_t bits = 0;
  bool narrow = type == Type::I32 || type == Type::F32;
  std::memcpy(&bits, &value, narrow ? 4 : sizeof bits);
  return bits;
}

static Values readValues(const ValueTypes &types, std::istream &words) {
  Values values;
  for (Type type : types) {
    uint64_t bits = 0;
    words >> bits;
    values.push_back(fromBits(type, bits));
  }
  return values;
}

static std::string print(const ValueTypes &types, const Values &values) {
  std::string text;
  for (size_t i = 0; i < types.size(); ++i)
    text += " " + std::to_string(toBits(types[i], values[i]));
  return text;
}

static char letterOf(Type type) {
  switch (type) {
  case Type::I32:
    return 'i';
  case Type::I64:
    return 'l';
  case Type::F32:
    return 'f';
  case Type::F64:
    return 'd';
  default:
    return '?';
  }
}

static std::string letters(const ValueTypes &types) {
  std::string text = "-";
  for (Type type : types)
    text += letterOf(type);
  return text;
}

/// The kind and types of an export: `func -ii -l`, `global i`, `memory`.
static std::string describe(const ExternType &type) {
  if (auto *function = dyn_cast<FuncType>(&type))
    return "func " + letters(function->params) + " " +
           letters(function->results);
  if (auto *global = dyn_cast<GlobalType>(&type))
    return std::string("global ") + letterOf(global->type) + " -";
  return isa<MemoryType>(&type) ? "memory - -" : "other - -";
}

bool Engine::makeImports(RefVec &imports) {
  for (const ImportDesc &desc : description.imports) {
    auto *type = dyn_cast<FuncType>(desc.type.type.get());
    if (!type)
      return fail("lacks imports that are not functions");
    size_t number = imports.size();
    auto call = [this, number, type = *type](Thread &, const Values &params,
                                             Values &results, Trap::Ptr *trap) {
      return callImport(number, type, params, results, trap);
    };
    imports.push_back(HostFunc::New(store, *type, call)->self());
    auto name = [](const std::string &text) {
      return " -" + hex(text.data(), text.size());
    };
    out << "import " << letters(type->params) << " " << letters(type->results)
        << name(desc.type.module) << name(desc.type.name) << "\n";
  }
  return true;
}

Result Engine::callImport(size_t number, const FuncType &type,
                          const Values &params, Values &results,
                          Trap::Ptr *trap) {
  out << "imported " << number << print(type.params, params) << std::endl;
  std::istringstream words(serve());
  std::string word;
  words >> word;
  if (word == "return") {
    results = readValues(type.results, words);
    return Result::Ok;
  }
  *trap = Trap::New(store, "an import has thrown");
  return Result::Error;
}

void Engine::listExports() {
  for (const ExportDesc &desc : description.exports)
    out << "export " << describe(*desc.type.type) << " -"
        << hex(desc.type.name.data(), desc.type.name.size()) << "\n";
  out << "ready" << std::endl;
}

bool Engine::load(const char *path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  Errors errors;
  ReadBinaryOptions options(features(), nullptr, false, true, true);
  if (Failed(ReadBinaryInterp(path, bytes.data(), bytes.size(), options,
                              &errors, &description)))
    return fail("lacks " + (errors.empty() ? "what the module needs"
                                           : errors.front().message));
  interp::Module::Ptr module = interp::Module::New(store, description);
  RefVec imports;
  if (!makeImports(imports))
    return false;
  Trap::Ptr trap;
  instance = Instance::Instantiate(store, module->self(), imports, &trap);
  if (!instance)
    return fail(trap ? trap->message() : "it cannot be instantiated");
  listExports();
  return true;
}

void Engine::call(Extern::Ptr found, std::istream &words) {
  auto *function = cast<Func>(found.get());
  const FuncType &type = function->type();
  Values results;
  Trap::Ptr trap;
  if (Succeeded(function->Call(store, readValues(type.params, words), results,
                               &trap)))
    out << "ok" << print(type.results, results) << std::endl;
  else
    fail(trap->message());
}

void Engine::answer(const std::string &word, std::istream &words) {
  size_t number = 0;
  words >> number;
  auto found = store.UnsafeGet<Extern>(instance->exports()[number]);
  if (word == "call")
    return call(found, words);
  if (word == "get" || word == "set") {
    auto *global = cast<Global>(found.get());
    ValueTypes type{global->type().type};
    if (word == "set")
      global->UnsafeSet(readValues(type, words).front());
    out << "ok" << print(type, {global->Get()}) << std::endl;
    return;
  }
  auto *memory = cast<Memory>(found.get());
  if (word == "read") {
    out << "ok " << hex(memory->UnsafeData(), memory->ByteSize()) << std::endl;
    return;
  }
  size_t offset = 0;
  std::string text;
  words >> offset >> text;
  for (size_t i = 0; 2 * i < text.size(); ++i)
    memory->UnsafeData()[offset + i] =
        std::stoi(text.substr(2 * i, 2), nullptr, 16);
  out << "ok" << std::endl;
}

std::string Engine::serve() {
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "return" || word == "throw")
      return line;
    answer(word, words);
  }
  return {};
}

int main(int argc, char **argv) {
  if (argc != 4) {
    std::cerr << "usage: wabt-engine MODULE REQUESTS ANSWERS\n";
    return 2;
  }
  std::ifstream in(argv[2]);
  std::ofstream out(argv[3]);
  Engine engine(in, out);
  if (engine.load(argv[1]))
    engine.serve();
}
