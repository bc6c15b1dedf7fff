// `npm start`: builds, then runs everything in this process, which ends with npm however that ends.
import './need-development-packages.cjs';
import { endWithNpm } from './end-with-npm.mjs';

console.log('Compiling …');
await import('./build.mjs');
endWithNpm('start');
await import('../dist/bin/dev.js');
