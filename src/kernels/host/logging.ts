/** Printing values, and failing where a condition does not hold. */
import { asTexts } from '../../base/elements';
import { string } from '../../base/dtype';
import { write } from '../../base/platform';
import { appendOutput } from '../../format/output';
import {
  type HostTable,
  type HostTensor,
  type StatefulKernel,
  type StatefulTable,
  type Value,
  PerNode,
  attr,
  host,
  invalid,
} from '../kernel';
import { summarize, summarizeNested } from './summarize';

function onHost(value: Value): HostTensor {
  return { dtype: value.dtype, shape: value.shape, data: value.read() };
}

const PRINTED = new PerNode(() => ({ times: 0 }));
const print: StatefulKernel = ([input, ...data], node) => {
  const firstN = attr(node, 'first_n');
  const printed = PRINTED.of(node);
  if (firstN < 0 || printed.times < firstN) {
    printed.times++;
    write(
      'stderr',
      `${attr(node, 'message')}${data.map((v) => `[${summarize(onHost(v), attr(node, 'summarize'))}]`).join('')}\n`,
    );
  }
  return [input.retain()];
};

const printV2: StatefulKernel = ([input], node) => {
  const stream = attr(node, 'output_stream');
  const text = `${asTexts(input.read())[0]}${attr(node, 'end')}`;
  if (stream.startsWith('file://')) appendOutput(stream.slice('file://'.length), text);
  else if (stream === 'stdout') write('stdout', text);
  else if (stream === 'stderr' || stream.startsWith('log(')) write('stderr', text);
  else invalid(`Unknown output stream: ${stream}, 0: stdout, 1: stderr, 2: log(info), 3: log(warning), 4: log(error)`);
  return [];
};

const assertTrue: StatefulKernel = ([condition, ...data], node) => {
  if (condition.size !== 1 || condition.shape.length > 1)
    invalid(`In[0] should be a scalar: [${condition.shape.join()}]`);
  if (!condition.read()[0])
    invalid(`assertion failed: ${data.map((v) => `[${summarize(onHost(v), attr(node, 'summarize'))}]`).join(' ')}`);
  return [];
};
export const PRINTING_KERNELS: StatefulTable = { Print: print, PrintV2: printV2, Assert: assertTrue };

export const LOGGING_KERNELS: HostTable = {
  StringFormat: {
    only: true,
    run(inputs, node) {
      const parts = attr(node, 'template').split(attr(node, 'placeholder'));
      const text = parts
        .map((part, i) =>
          i < inputs.length && i < parts.length - 1 ? part + summarizeNested(inputs[i], attr(node, 'summarize')) : part,
        )
        .join('');
      return host(string, [], [text]);
    },
  },
};
