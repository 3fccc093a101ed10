//===- Target.td - the options that more than one pass reads -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_COMPONENT_IR_TARGET_TD
#define MELD_DIALECT_COMPONENT_IR_TARGET_TD

// The one table of the options of a root. It gives the attribute
// `#component.target`, the options of `--set-target`, and the docs.

// SearchableTable.td has no guard of its own.
#ifndef MELD_SEARCHABLE_TABLE
#define MELD_SEARCHABLE_TABLE
include "llvm/TableGen/SearchableTable.td"
#endif

/// One value of an option: as written, and as a case of the C++ enum.
class TargetWord<string text, string cpp = text> {
  string Text = text;
  string Cpp = cpp;
}

/// An option. The first word is the default.
class TargetOption<int order, string name, string cpp, list<TargetWord> words,
                   string what> {
  bits<8> Order = order;
  string Name = name;
  string Cpp = cpp;
  list<TargetWord> Words = words;
  string What = what;
  string WordList = !interleave(!foreach(w, words, w.Text), " ");
}

def TargetSpec : TargetOption<0, "spec", "SpecVersion",
  [TargetWord<"2026-10", "v2026_10">, TargetWord<"2026-08", "v2026_08">],
  "version of the Component Model's rules for re-entry and blocking">;
def TargetMemory : TargetOption<1, "memory", "MemoryMode",
  [TargetWord<"multi">, TargetWord<"single">],
  "one memory per component, or one memory with a region for each">;
def TargetStackful : TargetOption<2, "stackful", "StackfulMode",
  [TargetWord<"trap">, TargetWord<"fiber">, TargetWord<"refuse">],
  "what happens where a frame would have to block and others go on: trap there, "
  "switch to another stack of the host's, or refuse at compile time">;
def TargetSchedule : TargetOption<3, "schedule", "ScheduleOrder",
  [TargetWord<"fifo">],
  "order in which ready tasks run">;
def TargetTrapInfo : TargetOption<4, "trap_info", "TrapInfoMode",
  [TargetWord<"full">, TargetWord<"none">],
  "whether traps store their kind in exported globals">;
def TargetBounds : TargetOption<5, "bounds", "BoundsMode",
  [TargetWord<"none">, TargetWord<"check">],
  "with one memory: whether accesses are checked against their region">;
def TargetStart : TargetOption<6, "start", "StartMode",
  [TargetWord<"auto", "automatic">, TargetWord<"section">,
   TargetWord<"initialize">],
  "where instantiation runs: where it can, the start section, or the export "
  "_initialize">;
def TargetCountCopies : TargetOption<7, "count_copies", "CountCopies",
  [TargetWord<"false", "off">, TargetWord<"true", "on">],
  "whether the runtime counts copies between memories">;

def TargetUnsupported : TargetOption<8, "unsupported", "UnsupportedMode",
  [TargetWord<"refuse">, TargetWord<"trap">],
  "what happens to built-ins and lowers that cannot be lowered: refuse them at "
  "compile time, or trap where one is called">;

def TargetEdge : TargetOption<9, "edge", "EdgeMode",
  [TargetWord<"direct">, TargetWord<"component">],
  "where the host finds values: in the memories of the components, or all in "
  "one memory, so that the output can be made a component again">;

def TargetSimd : TargetOption<10, "simd", "SimdMode",
  [TargetWord<"auto", "automatic">, TargetWord<"off">, TargetWord<"on">],
  "whether generated code reads text in vectors of 128 bits: where a guest has "
  "such values already, never, or always">;

def TargetAdapters : TargetOption<11, "adapters", "AdapterStyle",
  [TargetWord<"fast">, TargetWord<"small">],
  "whether the code that moves values is written where it runs, with wide "
  "loops over text, or in shared functions with narrow ones">;

def TargetOptionTable : GenericTable {
  let FilterClass = "TargetOption";
  let CppTypeName = "TargetOptionInfo";
  let Fields = ["Order", "Name", "WordList", "What"];
  let PrimaryKey = ["Order"];
  let PrimaryKeyName = "lookupTargetOption";
}

#endif // MELD_DIALECT_COMPONENT_IR_TARGET_TD
