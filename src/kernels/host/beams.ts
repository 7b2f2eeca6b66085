/** What each beam of a search wrote, from its last step back to its first. */
import { cShape } from '../../base/shape';
import { int32 } from '../../base/dtype';
import { type Checked, type HostKernel, type HostTable, host, invalid, numbers } from '../kernel';

function checkTree([ids, parents, lengths, end]: readonly Checked[]): void {
  const three = cShape(ids.shape);
  if (ids.shape.length !== 3) invalid(`step_ids must be a 3-tensor, saw shape: ${three}`);
  if (lengths.shape.length !== 1) invalid(`max_sequence_lengths must be a vector, saw shape: ${cShape(lengths.shape)}`);
  if (end.shape.length !== 0) invalid(`end_token must be a scalar, saw shape: ${cShape(end.shape)}`);
  if (three !== cShape(parents.shape))
    invalid(`step_ids.shape must match parent_ids.shape.  but shapes are: ${three} and ${cShape(parents.shape)}`);
  if (ids.shape[1] !== lengths.shape[0])
    invalid(
      'batch size dimensions step_ids.shape[1] and max_sequence_lengths.shape[0] must match.  but shapes are: ' +
        `${three} and ${cShape(lengths.shape)}`,
    );
}
const gatherTree: HostKernel = ([ids, parents, lengths, end]) => {
  const [time, batch, width] = ids.shape;
  const [written, parentOf, most, [endToken]] = [ids, parents, lengths, end].map(numbers);
  const beams = new Int32Array(written.length).fill(endToken);
  for (let row = 0; row < batch; row++) {
    const steps = Math.min(time, most[row]);
    for (let beam = 0; beam < width; beam++) {
      const place = (step: number, of = beam): number => (step * batch + row) * width + of;
      // Back from the last step: whose word each is.
      for (let step = steps - 1, from = beam; step >= 0; step--) {
        // As many as there are beams passes, as in TensorFlow 1.15: it reads what comes next.
        if (from < 0 || from > width)
          invalid(`Saw invalid parent id ${from} at (batch, time, beam) == (${row}, ${step}, ${beam})`);
        beams[place(step)] = written[place(step, from)];
        from = parentOf[place(step, from)];
      }
      let isOver = false;
      for (let step = 0; step < steps; step++) {
        if (isOver) beams[place(step)] = endToken;
        isOver ||= beams[place(step)] === endToken;
      }
    }
  }
  return [host(int32, ids.shape, beams)];
};
export const BEAMS_KERNELS: HostTable = { GatherTree: { run: gatherTree, check: checkTree, only: true } };
