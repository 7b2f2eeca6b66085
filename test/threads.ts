/**
 * Threads of the library read its source by what this process was told to load first: here by what keeps what it made
 * of each file, so that a thread is there in a second and not in ten.
 */
import * as path from 'node:path';

process.execArgv = [...process.execArgv, '-r', path.join(__dirname, 'transpiled.cjs')];
