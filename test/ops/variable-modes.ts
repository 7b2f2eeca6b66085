/** Every device and placement, with variables of both kinds. */
import { type Mode, devices } from '../sweep';

const KINDS: [string, boolean][] = [
  ['references', false],
  ['handles', true],
];
/** Title, kind, mode, and whether variables are behind handles. */
export const MODES = devices().flatMap((mode) =>
  (['auto', 'host', 'device'] as const).flatMap((placement) =>
    KINDS.map(([kind, useResource]): [string, string, Mode, boolean] => [
      `${mode.title}, ${placement}`,
      kind,
      { ...mode, placement },
      useResource,
    ]),
  ),
);
