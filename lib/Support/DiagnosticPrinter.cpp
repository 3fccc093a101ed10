//===- DiagnosticPrinter.cpp - How the tools print diagnostics --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/DiagnosticPrinter.h"
#include "meld/Support/Diagnostics.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/ManagedStatic.h"

using namespace meld;
using namespace mlir;

//===----------------------------------------------------------------------===//
// The option
//===----------------------------------------------------------------------===//

namespace {
struct DiagnosticsOption {
  llvm::cl::opt<DiagnosticsFormat> format{
      "diagnostics", llvm::cl::desc("How errors and warnings are printed:"),
      llvm::cl::init(DiagnosticsFormat::Text),
      llvm::cl::values(
          clEnumValN(DiagnosticsFormat::Text, "text", "for people (default)"),
          clEnumValN(DiagnosticsFormat::Json, "json",
                     "for programs: one JSON object a line"))};
};
} // namespace

// As MLIR's own tools do: options exist only where a tool registers them.
static llvm::ManagedStatic<DiagnosticsOption> option;

void meld::registerDiagnosticsOption() { *option; }

DiagnosticsFormat meld::getDiagnosticsFormat() {
  return option.isConstructed() ? option->format.getValue()
                                : DiagnosticsFormat::Text;
}

bool meld::isVerifyingDiagnostics() {
  auto &options = llvm::cl::getRegisteredOptions();
  auto it = options.find("verify-diagnostics");
  return it != options.end() && it->second->getNumOccurrences() > 0;
}

//===----------------------------------------------------------------------===//
// Places and paths
//===----------------------------------------------------------------------===//

static void collectNames(Location loc, SmallVectorImpl<StringRef> &names) {
  if (auto call = dyn_cast<CallSiteLoc>(loc)) {
    collectNames(call.getCaller(), names);
    collectNames(call.getCallee(), names);
  } else if (auto name = dyn_cast<NameLoc>(loc)) {
    names.push_back(name.getName());
    collectNames(name.getChildLoc(), names);
  } else if (auto fused = dyn_cast<FusedLoc>(loc)) {
    // The first one says where; the others are where it came from.
    if (!fused.getLocations().empty())
      collectNames(fused.getLocations().front(), names);
  }
}

SmallVector<StringRef> meld::getNamePath(Location loc) {
  SmallVector<StringRef> names;
  collectNames(loc, names);
  return names;
}

static StringRef stringifySeverity(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Note:
    return "note";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Remark:
    return "remark";
  }
  llvm_unreachable("unknown severity");
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static void printText(Diagnostic &diag, std::optional<Place> place,
                      raw_ostream &os) {
  if (place)
    os << escapeText(place->file) << ":0x"
       << llvm::utohexstr(place->offset, /*LowerCase=*/true) << ": ";
  else if (auto at = diag.getLocation()->findInstanceOf<FileLineColLoc>())
    os << escapeText(at.getFilename()) << ':' << at.getLine() << ':'
       << at.getColumn() << ": ";
  os << stringifySeverity(diag.getSeverity()) << ": "
     << escapeText(diag.str(), /*keepLines=*/true) << '\n';
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// Strings of JSON objects are UTF-8: anything else was escaped before.
static std::string json(StringRef text) {
  return escapeText(text, /*keepLines=*/true);
}

static void writePlace(Location loc, std::optional<Place> place,
                       llvm::json::OStream &out) {
  if (place) {
    out.attribute("file", json(place->file));
    out.attribute("offset", static_cast<int64_t>(place->offset));
  } else if (auto at = loc->findInstanceOf<FileLineColLoc>()) {
    out.attribute("file", json(at.getFilename()));
    out.attribute("line", at.getLine());
    out.attribute("column", at.getColumn());
  }
  out.attributeArray("path", [&] {
    for (StringRef name : getNamePath(loc))
      out.value(json(name));
  });
}

static void writeNote(Diagnostic &note, PlaceFinder find,
                      llvm::json::OStream &out) {
  out.object([&] {
    out.attribute("severity", stringifySeverity(note.getSeverity()));
    writePlace(note.getLocation(), find(note.getLocation()), out);
    out.attribute("message", json(note.str()));
  });
}

static void printJson(Diagnostic &diag, PlaceFinder find, raw_ostream &os) {
  const RuleRow *rule = getRule(diag);
  llvm::json::OStream out(os);
  out.object([&] {
    out.attribute("rule", rule ? llvm::json::Value(StringRef(rule->id))
                               : llvm::json::Value(nullptr));
    if (rule)
      out.attribute("level", stringifyRuleLevel(rule->level));
    out.attribute("severity", stringifySeverity(diag.getSeverity()));
    writePlace(diag.getLocation(), find(diag.getLocation()), out);
    out.attribute("message", json(diag.str()));
    out.attributeArray("notes", [&] {
      for (Diagnostic &note : diag.getNotes())
        writeNote(note, find, out);
    });
  });
  os << '\n';
}

//===----------------------------------------------------------------------===//
// The handler
//===----------------------------------------------------------------------===//

LogicalResult meld::printDiagnostic(Diagnostic &diag, DiagnosticsFormat format,
                                    PlaceFinder find, raw_ostream &os) {
  if (format == DiagnosticsFormat::Json) {
    printJson(diag, find, os);
    return success();
  }
  std::optional<Place> place = find(diag.getLocation());
  if (!place && !isa<UnknownLoc>(diag.getLocation()))
    return failure();
  printText(diag, place, os);
  for (Diagnostic &note : diag.getNotes())
    printText(note, find(note.getLocation()), os);
  return success();
}

void meld::installDiagnosticPrinter(MLIRContext &context,
                                    DiagnosticsFormat format,
                                    PlaceFinder find) {
  // For an imported binary the op is text that nobody wrote, up to the whole
  // root, and without aliases types can be exponentially long.
  context.printOpOnDiagnostic(false);
  context.getDiagEngine().registerHandler([=](Diagnostic &diag) {
    return printDiagnostic(diag, format, find, llvm::errs());
  });
}
