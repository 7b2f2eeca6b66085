/** How a process of jest runs: before each suite. */
import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Threads of the library read its source by what this process was told to load first: here by what keeps what it made
// of each file, so that a thread is there in a second and not in ten.
process.execArgv = [...process.execArgv, '-r', path.join(__dirname, 'transpiled.cjs')];

// Every suite loads the library anew, and Node 20 would optimize the same functions in each of them after some calls: a
// third of the time of all suites. What runs for long is optimized still. Later versions wait of their own accord.
if (Number.parseInt(process.versions.node, 10) < 22) setFlagsFromString('--interrupt-budget=1000000');
