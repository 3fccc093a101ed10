//===- run.mjs - do what a trace tells, compare with the reference -------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { MeldTrap } from '../../host/js/meld-host.mjs';
import { fuseText, run } from '../Edge/tools.mjs';
import { programText, shape } from './shape.mjs';

/// What a run differs in: thrown through the program by a step.
class Difference extends Error {}

/// A program to replay traces on, as reference.py prints them.
export class Replay {
  static async make() {
    const replay = new Replay();
    replay.module = await fuseText(programText());
    return replay;
  }

  /// Runs a trace in a new instance. Returns { difference, trap }: what is not
  /// as in the trace, or null; the kind of the trap, or undefined.
  async run({ steps, trap }) {
    let at = 0, difference = null;
    const step = (who) => (last) => {
      const [instance, told, answer] = steps[at++] ?? ['nobody', 0, 0];
      if (instance !== who || told !== last) {
        difference ??= `step ${at - 1}: the reference has ${instance} tell ${told}, the program has ${who} tell ${last}`;
        throw new Difference(difference);
      }
      return BigInt(answer);
    };
    const { exports } = await run(this.module, Object.fromEntries(shape.map(({ name }) => [`step-${name}`, step(name)])));
    let kind;
    try {
      exports.run();
    } catch (error) {
      if (!(error instanceof MeldTrap)) throw error;
      kind = error.id;
    }
    if (!difference && at !== steps.length) difference = `the reference makes ${steps.length} steps, the program ${at}`;
    if (!difference && trap !== (kind !== undefined)) difference = `the reference ${trap ? 'traps' : 'does not trap'}, the program ${kind ?? 'does not'}`;
    return { difference, trap: kind };
  }
}
