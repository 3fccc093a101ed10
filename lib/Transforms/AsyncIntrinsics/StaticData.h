//===- StaticData.h - the runtime's memory and table at the start --------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_STATICDATA_H
#define MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_STATICDATA_H

#include "Program.h"

namespace meld::lowering {

/// Makes what the lowerings asked for: the memory `rt.memory` with the records
/// of task types and stream types as data, and the table `rt.table` with its
/// elements. Nothing where nobody asked.
void makeStaticData(Program &program);

} // namespace meld::lowering

#endif // MELD_LIB_TRANSFORMS_ASYNCINTRINSICS_STATICDATA_H
