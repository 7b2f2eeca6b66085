/** What sessions say on their own, which tests are otherwise spared. */

/** The lines of the test that runs, without the one that says which device there is. For a suite, or a part of one. */
export function linesSaid(): string[] {
  const lines: string[] = [];
  const quiet = process.env['TFJS_SESSION_QUIET'];
  let spy: jest.SpyInstance;
  beforeEach(() => {
    delete process.env['TFJS_SESSION_QUIET'];
    lines.length = 0;
    spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      if (!String(text).includes('running on the')) lines.push(String(text));
      return true;
    });
  });
  afterEach(() => {
    spy.mockRestore();
    if (quiet !== undefined) process.env['TFJS_SESSION_QUIET'] = quiet;
  });
  return lines;
}
