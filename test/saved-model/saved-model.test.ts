/** SavedModels: written, loaded, refused; those of other programs. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { list as listed, said as refused } from '../said';
import { TemporaryFolder, initialized, session } from '../temporary-folder';

const folder = new TemporaryFolder('saved-model-');
const { at } = folder;
const { savedModel } = tf;
const list = (x: unknown): unknown => (Array.isArray(x) ? x.map(list) : listed(x));
/** What is thrown; '' for nothing. */
function said(body: () => unknown): string {
  let done = false;
  const text = refused(() => {
    body();
    done = true;
    throw new Error();
  });
  return done ? '' : text;
}

/** y = 5 x, with a file's path that the main op puts into a variable. */
function model() {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  const w = new tf.Variable(5, { name: 'w', dtype: tf.float32 });
  const y = tf.multiply(x, w, { name: 'y' });
  writeFileSync(at('words.txt'), 'one\ntwo\n');
  const file = tf.constant(at('words.txt'), { name: 'file' });
  const place = new tf.Variable('', { name: 'place', collections: [tf.GraphKeys.LOCAL_VARIABLES] });
  return { x, y, w, file, find: place.assign(file).op };
}
/** Loads it elsewhere, and runs. */
function loaded(name: string, tags: readonly string[], ask: (sess: tf.Session, meta: tf.MetaGraphDef) => unknown) {
  const sess = new tf.Session({ graph: new tf.Graph() });
  try {
    return list(ask(sess, savedModel.load(sess, tags, at(name))));
  } finally {
    sess.close();
  }
}

describe('Builder', () => {
  test('several graphs with one set of variables, files, and a main op', () => {
    const { x, y, file, find, w } = model();
    using sess = initialized();
    sess.run(w.assign(7));
    const builder = new savedModel.Builder(at('m'));
    const times = savedModel.predictSignatureDef({ x }, { y });
    builder.addMetaGraphAndVariables(sess, ['serve', 'gpu'], { times }, [file], { mainOp: find });
    builder.addMetaGraph(['train'], new Map([['other', times]]));
    expect(existsSync(at('m/saved_model.pb'))).toBe(false);
    expect(builder.save()).toBe(at('m/saved_model.pb'));
    expect(readFileSync(at('m/assets/words.txt'), 'utf8')).toBe('one\ntwo\n');
    const ask = (sess: tf.Session, meta: tf.MetaGraphDef) => [
      [...meta.signatureDef.keys()],
      sess.run(['y:0', 'place:0'], { 'x:0': [1, 2] }),
    ];
    // The path is where the file is now, and tags have no order.
    expect(loaded('m', ['gpu', 'serve'], ask)).toEqual([['times'], [[7, 14], at('m/assets/words.txt')]]);
    expect(loaded('m', ['train'], ask)).toEqual([['other'], [[7, 14], at('m/assets/words.txt')]]);
    expect(folder.files()).toEqual(['m', 'words.txt']);
  });
  test('text is the same model', () => {
    const { x, y } = model();
    using sess = initialized();
    const builder = new savedModel.Builder(at('m'));
    const signatureDefMap = { times: savedModel.predictSignatureDef({ x }, { y }) };
    builder.addMetaGraphAndVariables(sess, ['serve'], { signatureDefMap, stripDefaultAttrs: true });
    expect(builder.save(true)).toBe(at('m/saved_model.pbtxt'));
    expect(readFileSync(at('m/saved_model.pbtxt'), 'utf8')).toMatch(/^saved_model_schema_version: 1\nmeta_graphs \{/);
    expect(loaded('m', ['serve'], (sess) => sess.run('y:0', { 'x:0': [2] }))).toEqual([10]);
  });
  test('files of one name get another, unless they are the same', () => {
    const { x, y } = model();
    for (const [name, text] of [
      ['a', 'one'],
      ['b', 'two'],
      ['c', 'one'],
    ]) {
      mkdirSync(at(name));
      writeFileSync(at(`${name}/f`), text);
      tf.addToCollection(tf.GraphKeys.ASSET_FILEPATHS, tf.constant(at(`${name}/f`)));
    }
    using sess = initialized();
    savedModel.simpleSave(sess, at('m'), { x }, { y });
    expect(['f', 'f_1', 'f_2'].map((name) => existsSync(at(`m/assets/${name}`)))).toEqual([true, true, false]);
    expect(readFileSync(at('m/assets/f_1'), 'utf8')).toBe('two');
  });
  test('a graph without variables', () => {
    const x = tf.placeholder(tf.float32, [null], { name: 'x' });
    savedModel.simpleSave(session(), at('m'), { inputs: x }, { outputs: tf.square(x, { name: 'y' }) });
    expect(loaded('m', ['serve'], (sess) => sess.run('y:0', { 'x:0': [3] }))).toEqual([9]);
  });
  test('what it refuses', () => {
    const { x, y, w, find } = model();
    using sess = initialized();
    writeFileSync(at('taken'), '');
    expect(said(() => new savedModel.Builder(folder.path))).toMatch(
      /^AssertionError: Export directory already exists, and isn't empty\./,
    );
    expect(said(() => new savedModel.Builder(at('taken')))).toMatch(/^AssertionError: Export directory already exists/);
    const builder = new savedModel.Builder(at('m'));
    expect(said(() => builder.addMetaGraph(['serve']))).toMatch(/^AssertionError: .* has not been saved yet/);
    const add = (...rest: [object]) => said(() => builder.addMetaGraphAndVariables(sess, ['serve'], ...rest));
    expect(add({ mainOp: w })).toMatch(/^TypeError: main_op needs to be an Operation/);
    expect(add({ assetsCollection: [x] })).toBe('TypeError: Asset path tensor must be of type constant.');
    expect(add({ assetsCollection: [tf.constant(1)] })).toBe('TypeError: Asset path tensor must be of dtype string.');
    expect(add({ assetsCollection: [tf.constant(at('gone'))] })).toMatch(/^NotFoundError: .*gone; No such file/);
    const times = savedModel.predictSignatureDef({ x }, { y });
    expect(add({ signatureDefMap: { __saved_model_init_op: times } })).toMatch(
      /^KeyError: .*SignatureDef map key "__saved_model_init_op" is reserved for initialization/,
    );
    const nameless = savedModel.buildSignatureDef({ x: { ...savedModel.buildTensorInfo(x), name: null } }, {}, 'm');
    expect(add({ signatureDefMap: { nameless } })).toMatch(/^AssertionError: .*must have one of the 'encoding' fields/);
    expect(said(() => builder.addMetaGraphAndVariables(sess, 'serve'))).toMatch(/^TypeError: tags must be a list/);
    expect(add({ mainOp: find })).toBe('');
    expect(add({})).toMatch(/^AssertionError: .*has already been saved/);
    expect(said(() => builder.addMetaGraph(['b'], { mainOp: find }))).toMatch(
      /^ValueError: Graph already contains one/,
    );
  });
});

describe('load', () => {
  test('into a scope, beside what is there', () => {
    const { x, y, find } = model();
    using sess = initialized();
    savedModel.simpleSave(sess, at('m'), { x }, { y }, find);
    savedModel.load(sess, ['serve'], at('m'), { importScope: 'again' });
    expect(list(sess.run(['again/y:0', 'again/place:0'], { 'again/x:0': [1] }))).toEqual([[5], at('words.txt')]);
  });
  test('tags that no graph has, in TensorFlow’s words', () => {
    const { x, y } = model();
    using sess = initialized();
    savedModel.simpleSave(sess, at('m'), { x }, { y });
    expect(() => savedModel.load(sess, ['train', 'gpu'], at('m'))).toThrow(
      "MetaGraphDef associated with tags 'train', 'gpu' could not be found in SavedModel. To inspect " +
        'available tag-sets in the SavedModel, please use the SavedModel CLI: `saved_model_cli`\n' +
        "available_tags: [{'serve'}]",
    );
    expect(said(() => savedModel.load(sess, ['serve'], at('gone')))).toBe(
      `NotFoundError: SavedModel file does not exist at: ${at('gone')}/{saved_model.pbtxt|saved_model.pb}`,
    );
    writeFileSync(at('m/saved_model.pb'), 'no model');
    expect(said(() => savedModel.load(sess, ['serve'], at('m')))).toMatch(
      /^DataLossError: Cannot parse file .*saved_model\.pb/,
    );
  });
  test('nothing outside of the folder is read', () => {
    const { x, y, file, find } = model();
    using sess = initialized();
    const builder = new savedModel.Builder(at('m'));
    const signatureDefMap = { times: savedModel.predictSignatureDef({ x }, { y }) };
    builder.addMetaGraphAndVariables(sess, ['serve'], { signatureDefMap, assetsCollection: [file], mainOp: find });
    builder.save();
    const load = (): string => said(() => loaded('m', ['serve'], () => 0));
    const bytes = readFileSync(at('m/saved_model.pb'));
    for (const name of ['../../..', '/etc/host']) {
      writeFileSync(
        at('m/saved_model.pb'),
        bytes.toString('latin1').replaceAll('words.txt', name.padEnd(9, '/')),
        'latin1',
      );
      expect(load()).toMatch(/^FailedPreconditionError: .*leads out of the SavedModel's folder/);
    }
    writeFileSync(at('m/saved_model.pb'), bytes);
    expect(load()).toBe('');
    mkdirSync(at('linked'));
    symlinkSync(at('m/saved_model.pb'), at('linked/saved_model.pb'));
    expect(said(() => loaded('linked', ['serve'], () => 0))).toMatch(/^FailedPreconditionError: .*leads out/);
    mkdirSync(at('half'));
    writeFileSync(at('half/saved_model.pb'), bytes);
    symlinkSync(at('m/variables'), at('half/variables'));
    expect(said(() => loaded('half', ['serve'], () => 0))).toMatch(/^FailedPreconditionError: .*leads out/);
  });
});

const beside = process.env['TFJS_TEST_ARTIFACTS'] ?? path.join(__dirname, '../../../shared/artifacts');
const there = existsSync(path.join(beside, 'README.md'));
(there ? describe : describe.skip)('models of other programs', () => {
  const ask = (name: string, body: (sess: tf.Session, meta: tf.MetaGraphDef) => unknown): unknown => {
    using sess = new tf.Session({ graph: new tf.Graph(), config: { advice: false } });
    return list(body(sess, savedModel.load(sess, ['serve'], path.join(beside, name))));
  };
  test.each(['half_plus_two', 'half_plus_two_main_op', 'half_plus_two_pbtxt', 'half_plus_two_v2'])('%s', (name) => {
    const served = ask(`saved_model/${name}/00000123`, (sess, { signatureDef }) => {
      const { inputs, outputs } = signatureDef.get('serving_default')!;
      return sess.run(outputs.get('y')!.name!, { [inputs.get('x')!.name!]: [[1], [2]] });
    });
    expect(served).toEqual([[2.5], [3]]);
  });
  test.each(['string', 'primitive_input', 'types', 'shape'])('mlnet/model_%s_test', (name) => {
    const kinds = ask(`mlnet/model_${name}_test`, (sess, { signatureDef }) => {
      const { inputs, outputs } = signatureDef.get('serving_default')!;
      const infos = [...inputs.values(), ...outputs.values()];
      return infos.every((info) => savedModel.getTensorFromTensorInfo(info, sess.graph) instanceof tf.Tensor);
    });
    expect(kinds).toBe(true);
  });
});
