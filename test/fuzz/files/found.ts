/** Files of other programs: those that are recorded, and those of real users where they are beside the project. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { inflateSync } from 'node:zlib';
import { checkpointsAt, eventsAt, graphAt, metaGraphAt, modelsAt, stateAt } from './made';
import type { Subject } from './subjects';

const RECORDED = join(__dirname, '../../fixtures/checkpoints.json');
/** Checkpoints of TensorFlow 1.15 with every dtype, version 1 packed by snappy. */
export function recordedSubjects(folder: string): Subject[] {
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Readonly<
    Record<string, { readonly files: Readonly<Record<string, string>> }>
  >;
  return ([1, 2] as const).flatMap((version) => {
    const inside = join(folder, `tf-v${version}`);
    mkdirSync(inside);
    const { files } = recorded[`version ${version}`];
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(inside, name), inflateSync(Buffer.from(text, 'base64')));
    return checkpointsAt(join(inside, 'model'), version, version === 1);
  });
}
/** The folder of what may be unreadable as it is. */
const FOUND = 'artifacts';
export const isFound = ({ file }: Subject): boolean => file.includes(`${sep}${FOUND}${sep}`);
const ARTIFACTS = process.env['TFJS_TEST_ARTIFACTS'] ?? join(__dirname, '../../../../shared/artifacts');
/** @returns  none where there is no folder of such files */
export function artifactSubjects(folder: string): Subject[] {
  if (!existsSync(join(ARTIFACTS, 'README.md'))) return [];
  const at = (name: string): string => join(folder, FOUND, name);
  mkdirSync(at('.'));
  for (const name of ['control_flow', 'mlnet', 'mtcnn', 'run_metadata', 'saved_model', 'session_bundle', 'siamese'])
    cpSync(join(ARTIFACTS, name), at(name), { recursive: true });
  return [
    ...['function_functional_while', 'loops_and_queues', 'nested_loop', 'while_loop_var_handle_op'].map((name) =>
      graphAt(at(`control_flow/${name}.pbtxt`)),
    ),
    graphAt(at('mlnet/cifar_model/frozen_model.pb')),
    metaGraphAt(at('mlnet/cifar_model/model.ckpt.meta')),
    metaGraphAt(at('mtcnn/PNet-18.meta')),
    metaGraphAt(at('run_metadata/ckpt.meta')),
    metaGraphAt(at('session_bundle/v1_sharded/00000123/export.meta')),
    eventsAt(at('mtcnn/events.out.tfevents.cut-off')),
    ...checkpointsAt(at('mtcnn/PNet-18'), 2),
    ...checkpointsAt(at('run_metadata/ckpt'), 2),
    ...checkpointsAt(at('siamese/model.ckpt'), 2),
    ...[at('mtcnn'), at('siamese'), at('mlnet/cifar_model')].map((each) => stateAt(each)),
    ...['half_plus_two', 'half_plus_two_main_op', 'half_plus_two_pbtxt', 'half_plus_two_v2'].flatMap((name) =>
      modelsAt(at(`saved_model/${name}/00000123`), 'x=[[1],[2]]'),
    ),
    ...modelsAt(at('mlnet/mnist_lr_model'), 'x=[]').slice(0, 1),
  ];
}
