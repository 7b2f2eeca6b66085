/** What tests ask of the machine they run on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bound } from '../calls/bind';

let folder: string | null = null;
/**
 * A folder for the files of a test: the same for the whole process, and gone after it.
 *
 *     tf.test.getTempDir() === tf.test.getTempDir()   // true
 *
 * @returns  its path
 * @throws Error  Node's, if it cannot be made
 */
export const getTempDir = bound('test.get_temp_dir', (): string => {
  if (folder !== null) return folder;
  const made = mkdtempSync(join(tmpdir(), basename(process.argv[1] ?? 'test').replace(/\.[jt]s$/, '')));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return (folder = made);
});
/**
 * The name of the first graphics card.
 *
 *     tf.test.gpuDeviceName()   // ''
 *
 * @returns  nothing: sessions run on the processor
 */
export const gpuDeviceName = bound('test.gpu_device_name', (): string => '');
/**
 * Whether there is a graphics card.
 *
 *     tf.test.isGpuAvailable()   // false
 *
 * @param cudaOnly                  whether only those with CUDA count
 * @param minCudaComputeCapability  what it must be able to do at least
 * @returns  false: sessions run on the processor
 */
export const isGpuAvailable = bound(
  'test.is_gpu_available',
  (_cudaOnly: boolean = false, _minCudaComputeCapability?: readonly [number, number]): boolean => false,
);
/**
 * Whether kernels for CUDA are there.
 *
 *     tf.test.isBuiltWithCuda()   // false
 *
 * @returns  false
 */
export const isBuiltWithCuda = bound('test.is_built_with_cuda', (): boolean => false);
/**
 * Whether kernels for ROCm are there.
 *
 *     tf.test.isBuiltWithRocm()   // false
 *
 * @returns  false
 */
export const isBuiltWithRocm = bound('test.is_built_with_rocm', (): boolean => false);
/**
 * Whether kernels for any graphics card are there.
 *
 *     tf.test.isBuiltWithGpuSupport()   // false
 *
 * @returns  false
 */
export const isBuiltWithGpuSupport = bound('test.is_built_with_gpu_support', (): boolean => false);
