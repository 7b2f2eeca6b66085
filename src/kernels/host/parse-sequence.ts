/** Examples with lists of features, parsed: a row for each feature of a list. */
import { type Cells, asTexts } from '../../base/elements';
import type { DType } from '../../base/dtype';
import { type TensorShape, cShape, sameShape, sizeOf } from '../../base/shape';
import { FEATURE, type FeatureMessage, SEQUENCE_EXAMPLE } from '../../format/example-messages';
import { textOf } from '../../format/text-format';
import { type HostTable, type HostTensor, type KernelNode, attr, hostZeros, invalid } from '../kernel';
import {
  type Element,
  type Found,
  NO_FEATURES,
  type Values,
  WORDS,
  isVariable,
  keysIn,
  known,
  partsOf,
  reading,
  sparseOf,
  valuesOf,
} from './example-features';

type Lists = ReadonlyMap<string, readonly FeatureMessage[]>;
/** The values of a feature, which must be of a type. */
function typed(feature: FeatureMessage, dtype: DType, who: string): Values {
  const values = valuesOf(feature);
  if (values?.dtype === dtype) return values;
  const text = textOf(FEATURE, FEATURE.write(feature));
  invalid(`${who}.  Data types don't match. Expected type: ${dtype.cName}  Feature is: ${text}`);
}
function checkSize(name: string, key: string, { dtype, list }: Values, shape: TensorShape, index: number): void {
  if (list.length !== sizeOf(known(shape)))
    invalid(
      `Name: ${name}, Key: ${key}, Index: ${index}.  Number of ${WORDS.get(dtype)} values != expected.  ` +
        `values size: ${list.length} but output shape: ${shape.toCString()}`,
    );
}
function fill(out: HostTensor, values: ArrayLike<Element>, from: number): void {
  const cells: Cells = out.data;
  for (let i = 0; i < values.length; i++) cells[from + i] = values[i];
}

/** A run's words: who the example is, and what it has. */
interface Given {
  readonly name: string;
  readonly context: Found;
  readonly lists: Lists;
}
function denseContext({ name, context }: Given, key: string, shape: TensorShape, fallback: HostTensor): HostTensor {
  const out = hostZeros(fallback.dtype, known(shape));
  const feature = context.get(key);
  if (!feature && !fallback.data.length)
    invalid(`Name: ${name}, Context feature '${key}' is required but could not be found.`);
  if (!feature) fill(out, fallback.data, 0);
  else {
    const values = typed(feature, fallback.dtype, `Name: ${name}, Context feature: ${key}`);
    checkSize(name, key, values, shape, 0);
    fill(out, values.list, 0);
  }
  return out;
}
function sparseContext({ name, context }: Given, key: string, dtype: DType): HostTensor[] {
  const feature = context.get(key);
  const isThere = feature !== undefined && valuesOf(feature) !== null;
  const list = isThere ? typed(feature, dtype, `Name: ${name}, Context feature: ${key}`).list : [];
  return sparseOf({ key, dtype }, [list], null);
}
function denseList(
  { name, lists }: Given,
  key: string,
  dtype: DType,
  shape: TensorShape,
  mayMiss: boolean,
): HostTensor {
  const list = lists.get(key);
  if (!list && !mayMiss)
    invalid(
      `Name: ${name}, Feature list '${key}' is required but could not be found.  Did you mean to include it in ` +
        'feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?',
    );
  const out = hostZeros(dtype, [list?.length ?? 0, ...known(shape)]);
  list?.forEach((feature, i) => {
    const values = typed(feature, dtype, `Name: ${name}, Feature list: ${key}, Index: ${i}`);
    checkSize(name, key, values, shape, i);
    fill(out, values.list, i * values.list.length);
  });
  return out;
}
function sparseList({ name, lists }: Given, key: string, dtype: DType): HostTensor[] {
  const rows = (lists.get(key) ?? []).map((feature, i) =>
    valuesOf(feature) ? typed(feature, dtype, `Name: ${name}, Feature List: ${key}, Index: ${i}`).list : [],
  );
  return sparseOf({ key, dtype }, rows, rows.length);
}

/** The inputs, by what they are. */
function parts<T>(inputs: readonly T[], node: KernelNode) {
  const counts = (['Ncontext_sparse', 'Ncontext_dense', 'Nfeature_list_sparse', 'Nfeature_list_dense'] as const).map(
    (name) => attr(node, name),
  );
  let at = 2;
  const [contextSparse, contextDense, listSparse, listDense, defaults] = [...counts, counts[1]].map((count) =>
    inputs.slice(at, (at += count)),
  );
  return { contextSparse, contextDense, listSparse, listDense, defaults, name: inputs[at] };
}
function given(serialized: string, name: string): Given {
  const { context, featureLists } = reading(serialized, (bytes) => SEQUENCE_EXAMPLE.read(bytes));
  const lists = [...(featureLists?.featureList ?? [])].map(([key, { feature }]) => [key, feature] as const);
  return { name, context: context?.feature ?? NO_FEATURES, lists: new Map(lists) };
}

export const PARSE_SEQUENCE_KERNELS: HostTable = {
  ParseSingleSequenceExample: {
    only: true,
    check(inputs, node) {
      const { defaults, contextSparse, contextDense, listSparse, listDense, name } = parts(inputs, node);
      const scalars = [inputs[0], ...contextSparse, ...contextDense, ...listSparse, ...listDense, name];
      for (const { shape } of scalars)
        if (shape.length) invalid(`Expected serialized to be a scalar, got shape: ${cShape(shape)}`);
      const shapes = attr(node, 'context_dense_shapes');
      defaults.forEach(({ shape }, d) => {
        if (sizeOf(shape) && !(isVariable(shapes[d]) || sameShape(shape, known(shapes[d]))))
          invalid(
            `def_value[${d}].shape() == ${cShape(shape)} != context_dense_shapes_[${d}] == ${shapes[d].toCString()}`,
          );
      });
    },
    run(inputs, node) {
      const all = parts(inputs, node);
      const example = given(asTexts(inputs[0].data)[0], asTexts(all.name.data)[0]);
      const mayMiss = new Set(asTexts(inputs[1].data));
      const [contextTypes, listTypes] = [attr(node, 'context_sparse_types'), attr(node, 'feature_list_sparse_types')];
      const [denseTypes, denseShapes] = [
        attr(node, 'feature_list_dense_types'),
        attr(node, 'feature_list_dense_shapes'),
      ];
      const contextShapes = attr(node, 'context_dense_shapes');
      const context = keysIn(all.contextDense).map((key, i) =>
        denseContext(example, key, contextShapes[i], all.defaults[i]),
      );
      return [
        ...partsOf(keysIn(all.contextSparse).map((key, i) => sparseContext(example, key, contextTypes[i]))),
        ...context,
        ...partsOf(keysIn(all.listSparse).map((key, i) => sparseList(example, key, listTypes[i]))),
        ...keysIn(all.listDense).map((key, i) =>
          denseList(example, key, denseTypes[i], denseShapes[i], mayMiss.has(key)),
        ),
      ];
    },
  },
};
