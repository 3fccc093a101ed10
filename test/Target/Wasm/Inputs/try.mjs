// Calls `go` of each module with an import that returns, then one that throws.
import { readFileSync } from 'node:fs';

for (const path of process.argv.slice(2)) {
  const f = () => { throw new Error('thrown'); };
  const { go } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), { env: { f } }).exports;
  console.log('returns', go(0));
  console.log('caught', go(1));
}
