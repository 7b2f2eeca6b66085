/**
 * Staging areas: what some runs put in and others take out, in a line or by keys. A node finds its area by its name,
 * or by the one that it shares; no edge leads to it.
 */
import { TensorShape } from '../base/shape';
import type { OpRow, Rows } from '../graph/opdef';
import { noOutputs, perOutput, scalarShape } from '../graph/shape-fn';

const PUT: OpRow = { effect: 'waits', shape: noOutputs };
const TAKE: OpRow = { effect: 'waits', shape: (c) => perOutput(c, TensorShape.unknown()) };
const LOOK: OpRow = { effect: 'reads', shape: scalarShape };
const CLEAR: OpRow = { effect: 'writes', shape: noOutputs };

export const STAGING = {
  Stage: PUT,
  Unstage: TAKE,
  StagePeek: TAKE,
  StageSize: LOOK,
  StageClear: CLEAR,
  MapStage: PUT,
  MapUnstage: TAKE,
  MapUnstageNoKey: TAKE,
  MapPeek: TAKE,
  MapSize: LOOK,
  MapIncompleteSize: LOOK,
  MapClear: CLEAR,
  OrderedMapStage: PUT,
  OrderedMapUnstage: TAKE,
  OrderedMapUnstageNoKey: TAKE,
  OrderedMapPeek: TAKE,
  OrderedMapSize: LOOK,
  OrderedMapIncompleteSize: LOOK,
  OrderedMapClear: CLEAR,
} satisfies Rows;
