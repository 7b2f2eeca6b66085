/** Summaries: values as messages that event files keep. */
import type { Rows } from '../graph/opdef';
import { scalarShape } from '../graph/shape-fn';

const MESSAGE = { shape: scalarShape };
export const SUMMARY = {
  ScalarSummary: MESSAGE,
  HistogramSummary: MESSAGE,
  ImageSummary: MESSAGE,
  AudioSummaryV2: MESSAGE,
  TensorSummary: MESSAGE,
  TensorSummaryV2: MESSAGE,
  MergeSummary: MESSAGE,
} satisfies Rows;
