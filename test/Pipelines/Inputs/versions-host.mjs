// Runs `run` of the fused program FILE with a host that notes what it is told.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , host, file] = process.argv;
const { instantiate } = await import(pathToFileURL(host));
const told = [];
const log = { note: (x) => told.push(`note ${x}`), warn: (x) => told.push(`warn ${x}`) };
const { exports } = await instantiate(readFileSync(file), { 'h:h/log@1.1.0': log });
console.log(exports.run(), told.join(', '), Object.keys(exports).join(' '));
