/** Sessions that tests have opened by `open` of test/devices.ts: those that are left are closed when a suite ends. */
const OPENED: WeakRef<{ close(): void }>[] = [];

export function closedLater<S extends { close(): void }>(sess: S): S {
  OPENED.push(new WeakRef(sess));
  return sess;
}
// Here for suites of every project; processes that tests start have no such thing.
if (typeof afterAll === 'function')
  afterAll(() => {
    for (const sess of OPENED.splice(0)) sess.deref()?.close();
  });
