/** The addon's two files and a loader, compiled. */
import { existsSync, linkSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Job, run } from './job';
import type { TensorFlow } from './tensorflow';
import { BINDING, npmUnpack } from './package';

/**
 * A link, because the libraries are 850 MB. A hard one where the file system allows it: it outlives the
 * Python environment or folder that it came from.
 */
export function bring(file: string, into: string): void {
  const from = realpathSync(file);
  const to = join(into, basename(file));
  try {
    linkSync(from, to);
  } catch {
    symlinkSync(from, to);
  }
}

interface Build {
  readonly source: string;
  readonly headers: string;
  readonly tensorflow: TensorFlow;
  readonly entry: string;
}

/**
 * Two files and a loader, so the compiler is called directly: node-gyp would want all of Node's headers and a
 * Python, and the addon uses Node-API alone, which no Node version changes.
 */
export async function compile(
  compiler: string[],
  { source, headers, tensorflow, entry }: Build,
  job: Job,
): Promise<void> {
  const out = join(entry, 'lib', 'napi-v8');
  mkdirSync(out, { recursive: true });
  const loader = join(job.stage, 'loader.cc');
  writeFileSync(loader, LOADER);

  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const shared =
    process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-Wl,-z,now'];
  const [command, ...first] = compiler;
  const flags = [
    ...first,
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-DNAPI_VERSION=8',
    '-DNODE_GYP_MODULE_NAME=tfjs_binding',
    ...shared,
  ];
  const binding = [
    `-I${tensorflow.include}`,
    ...BINDING.map((file) => join(source, file)),
    tensorflow.library,
    tensorflow.framework,
  ];

  const make = (name: string, ...args: string[]): Promise<string> =>
    run(command, [...flags, `-I${headers}`, ...args, '-o', join(out, name)], job);
  await make('libtfjs_binding.so', ...binding, `-Wl,-rpath,${origin}/../../deps/lib`);
  await make('tfjs_binding.node', loader, '-ldl');
}

/**
 * What Node loads. TensorFlow's libraries log from their static constructors, before they look at
 * TF_CPP_MIN_LOG_LEVEL, so the only way to load them in silence is to hold stderr back meanwhile.
 */
const LOADER = `
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <stdlib.h>
#include <unistd.h>
#include <string>

static char here;

NAPI_MODULE_INIT() {
  setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0);
  const int saved = atoi(getenv("TF_CPP_MIN_LOG_LEVEL")) < 2 ? -1 : fcntl(2, F_DUPFD_CLOEXEC, 3);
  if (saved >= 0) {
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0) {
      dup2(null, 2);
      close(null);
    }
  }

  Dl_info self;
  dladdr(&here, &self);
  std::string path(self.dli_fname);
  path = path.substr(0, path.rfind('/') + 1) + "libtfjs_binding.so";
  typedef napi_value (*Init)(napi_env, napi_value);
  void *binding = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  Init init = binding ? reinterpret_cast<Init>(dlsym(binding, "napi_register_module_v1")) : nullptr;
  const char *error = init ? nullptr : dlerror();
  napi_value result = init ? init(env, exports) : nullptr;

  if (saved >= 0) {
    dup2(saved, 2);
    close(saved);
  }
  if (!init) napi_throw_error(env, "ERR_DLOPEN_FAILED", error ? error : path.c_str());
  return result;
}
`;

export async function findCompiler(job: Job): Promise<string[]> {
  const named = process.env.CXX?.trim().split(/\s+/);
  for (const command of named ? [named] : [['c++'], ['g++'], ['clang++']]) {
    const works = await run(command[0], [...command.slice(1), '--version'], job).then(
      () => true,
      () => false,
    );
    job.signal.throwIfAborted();
    if (works) return command;
  }
  const missing = named
    ? `CXX names ${named.join(' ')}, which does not run`
    : 'There is no C++ compiler (c++, g++, clang++)';
  const cure = process.platform === 'darwin' ? 'xcode-select --install' : 'for example: apt-get install g++';
  throw new Error(`${missing}. Building the addon needs one; ${cure}`);
}

/** A folder with node_api.h: beside the running Node, where it was unpacked whole, or npm's copy. */
export async function nodeHeaders(job: Job): Promise<string> {
  const prefixes = [resolve(dirname(realpathSync(process.execPath)), '..'), process.env.npm_config_nodedir];
  for (const prefix of prefixes) {
    const dir = prefix ? join(prefix, 'include', 'node') : '';
    if (existsSync(join(dir, 'node_api.h'))) return dir;
  }
  const spec = 'node-api-headers@1';
  const root = join(job.stage, 'headers');
  await job.step(`fetching ${spec}`, () => npmUnpack(spec, root, job));
  return join(root, 'include');
}
