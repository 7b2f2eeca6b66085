/**
 * The law sweep: every op that a device computes, on that device, against the host; alone, beside others, in the
 * first run, in the rewritten plan of the fourth, and on the native device as a part of a whole graph in the
 * thirtieth. LAW=all takes larger operands, and more dtypes with the middle ones; LAW_OPS=Add,Sub takes these ops
 * alone.
 */
import { RECIPES } from '../../src/kernels/portable/recipes';
import { devices } from '../sweep';
import { FORMS } from './forms';
import { casesOf } from './cases';
import { breaches } from './law';

const only = process.env['LAW_OPS']?.split(',');
const all = process.env['LAW'] === 'all';
for (const { device } of devices()) {
  const types = Object.keys(FORMS).filter((t) => (only?.includes(t) ?? true) && (device === 'native' || RECIPES[t]));
  const runs = device === 'native' ? [1, 4, 30] : [1, 4];
  test.each(types)(
    `%s on the ${device} device is what it is on the host`,
    (type) => {
      const mode = { title: device, device, placement: 'device' as const };
      const found = [
        ...breaches(casesOf(type, 5, true), mode, runs),
        ...breaches(casesOf(type, 1300, all), mode, all ? runs : [1, 4]),
        ...(all ? breaches(casesOf(type, 70_001, false), mode, [1]) : []),
      ];
      expect(found.map(({ case_, run, what }) => `${case_.title} run ${run}: ${what}`)).toEqual([]);
    },
    60_000,
  );
}
