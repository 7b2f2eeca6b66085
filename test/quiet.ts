/** Tests that run in this process want no line about the device. Those of what a session says take this away. */
process.env['TFJS_SESSION_QUIET'] ??= '1';
