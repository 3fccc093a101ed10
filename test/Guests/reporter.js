// The JavaScript guest that uses WASI: implements test:wasi/report.
import { getEnvironment } from 'wasi:cli/environment@0.2.0';
import { getStdout } from 'wasi:cli/stdout@0.2.0';
import { getRandomU64 } from 'wasi:random/random@0.2.0';

const size = (lines) => lines.reduce((count, line) => count + line.length, 0);

export const report = {
  write(lines) {
    const out = getStdout();
    for (const line of lines) out.blockingWriteAndFlush(Uint8Array.from(`${line}\n`, (char) => char.charCodeAt(0)));
    return size(lines);
  },
  log(lines) {
    if (typeof console === 'undefined') return 0;
    for (const line of lines) console.log(line);
    return size(lines);
  },
  now: () => Date.now(),
  dice: (n) => new Float64Array(n).map(() => Number(getRandomU64()) / 2 ** 64),
  variable: (name) => getEnvironment().find(([key]) => key === name)?.[1],
};
