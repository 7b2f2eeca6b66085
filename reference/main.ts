/**
 * `npm run docs`: the API reference, from the docstrings, into api/. It opens without network, and fails on a dead link
 * and on a public name without a text.
 */
import * as path from 'node:path';
import { addPythonNames, colourExamples, describeNames, searchWords } from './comments';
import { type Calls, type Lib, leaveOutNamed, rewriteSignatures } from './signatures';

async function main(): Promise<void> {
  const lib: Lib = await import('typedoc');
  const app = await lib.Application.bootstrap({ options: path.join(__dirname, 'typedoc.json') }, [
    new lib.TypeDocReader(),
    new lib.TSConfigReader(),
  ]);
  const [folder] = process.argv.slice(2);
  if (folder) app.options.setValue('out', path.resolve(folder));
  let calls: Calls = new Map();
  app.converter.on(lib.Converter.EVENT_RESOLVE_BEGIN, (context) => {
    leaveOutNamed(lib, context.project);
    context.setActiveProgram(context.programs[0]);
    calls = rewriteSignatures(lib, context);
    context.setActiveProgram(undefined);
  });
  app.converter.on(lib.Converter.EVENT_RESOLVE_END, ({ project }) => {
    addPythonNames(lib, project, calls);
    colourExamples(project);
    describeNames(lib, project);
  });
  app.renderer.on(lib.IndexEvent.PREPARE_INDEX, (event) => {
    Object.assign(event.searchFieldWeights, { words: 20 });
    event.searchResults.forEach((reflection, i) => {
      event.searchFields[i] = { ...event.searchFields[i], words: searchWords(reflection) };
    });
  });
  const project = await app.convert();
  if (!project) process.exit(1);
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
}
void main();
