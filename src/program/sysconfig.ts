/**
 * `tf.sysconfig`: where TensorFlow's own library is that the native device runs on, for who builds against it.
 *
 * @module
 */
import { join } from 'node:path';
import { bound } from '../calls/bind';
import { installedPackages, locateAddon } from '../kernels/native/addon-places';

/** The folder of the library beside the native addon, or beside where an addon of the npm package would be. */
function library(): string {
  const found = locateAddon();
  const root = 'path' in found ? join(found.path, '..', '..', '..') : (installedPackages()[0] ?? process.cwd());
  return join(root, 'deps');
}
/**
 * The folder of TensorFlow's header files, those of its C interface.
 *
 *     tf.sysconfig.getInclude().endsWith('include')   // true
 *
 * @returns  a path, which is there where the native device is installed
 */
export const getInclude = bound('sysconfig.get_include', (): string => join(library(), 'include'));
/**
 * The folder of TensorFlow's libraries.
 *
 *     tf.sysconfig.getLib().endsWith('lib')   // true
 *
 * @returns  a path, which is there where the native device is installed
 */
export const getLib = bound('sysconfig.get_lib', (): string => join(library(), 'lib'));
/**
 * What a C++ compiler is told.
 *
 *     tf.sysconfig.getCompileFlags()[1]   // '-D_GLIBCXX_USE_CXX11_ABI=1'
 *
 * @returns  a list of flags
 */
export const getCompileFlags = bound('sysconfig.get_compile_flags', (): string[] => [
  `-I${getInclude()}`,
  `-D_GLIBCXX_USE_CXX11_ABI=${CXX11_ABI_FLAG}`,
]);
/**
 * What a linker is told.
 *
 *     tf.sysconfig.getLinkFlags()[1]   // '-l:libtensorflow_framework.so.2'
 *
 * @returns  a list of flags
 */
export const getLinkFlags = bound('sysconfig.get_link_flags', (): string[] => [
  `-L${getLib()}`,
  process.platform === 'darwin' ? '-ltensorflow_framework.2' : '-l:libtensorflow_framework.so.2',
]);
/**
 * Which strings of C++'s library TensorFlow was built with: 1 for those of C++11, which it has had since 2.9.
 *
 *     tf.sysconfig.CXX11_ABI_FLAG   // 1
 */
export const CXX11_ABI_FLAG = 1;
/**
 * Whether TensorFlow is one library: there are two, `tensorflow` and `tensorflow_framework`.
 *
 *     tf.sysconfig.MONOLITHIC_BUILD   // 0
 */
export const MONOLITHIC_BUILD = 0;
