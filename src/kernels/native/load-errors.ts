/** What it means that an addon cannot be loaded, and what cures it. */
import { processor, system } from '../../base/platform';
import { INSTALL_COMMAND } from './addon-places';

/** The dynamic loader's words, what they mean, and what to do. The first match counts. */
const LOAD_ERRORS: readonly (readonly [pattern: RegExp, why: (match: RegExpExecArray) => string, cure: string])[] = [
  [
    /ld-linux|ld-musl|Error relocating|__\w+_chk: symbol not found/,
    () => 'TensorFlow needs glibc, and this system has another C library (musl)',
    'Use a glibc-based system or container image (Debian, Ubuntu, Fedora)',
  ],
  [
    /version [`'](GLIBC(?:XX)?_[\d.]+)' not found/,
    ([, version]) => `was built for a newer system (it needs ${version})`,
    `Build it here: \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /invalid ELF header|wrong ELF class|file too short|not a mach-o|incompatible architecture|not a valid Win32/i,
    () => `is not an addon for ${system} ${processor}`,
    `Run \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /(\S+): cannot open shared object file|Library not loaded: (\S+)/,
    ([, linux, mac]) => `needs ${linux ?? mac}, which is gone (was the Python or folder it came from removed?)`,
    `Run \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /undefined symbol: (\S+)|[Ss]ymbol not found[^:]*: (\S+)/,
    ([, linux, mac]) => `needs ${linux ?? mac}, which the TensorFlow beside it does not have`,
    `Run \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /specified module could not be found/,
    () => 'lacks a library that it needs (tensorflow.dll, or the Visual C++ runtime)',
    'Install the Microsoft Visual C++ Redistributable, then `npm rebuild @tensorflow/tfjs-node`',
  ],
  [
    /addons? (?:is|are|has been) disabled|no-addons|Cannot load native addon/i,
    () => 'Node was started with native addons disabled',
    'Start node without --no-addons (look into NODE_OPTIONS too)',
  ],
];

/** What an error message of `require('….node')` means. */
export function explainLoadError(message: string): { readonly why: string; readonly cure: string } {
  for (const [pattern, why, cure] of LOAD_ERRORS) {
    const match = pattern.exec(message);
    if (match) return { why: why(match), cure };
  }
  return { why: message, cure: `Run \`${INSTALL_COMMAND} --force\`` };
}
