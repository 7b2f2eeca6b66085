/**
 * `tf.contrib.tensorboard.plugins.projector`: which variables TensorBoard's projector shows as points.
 *
 * @module
 */
import { TypeError_, ValueError } from '../../../base/errors';
import { preview } from '../../../base/preview';
import { bound } from '../../../calls/bind';
import { EMBEDDING_INFO, PROJECTOR_CONFIG, SPRITE_METADATA } from '../../../format/event-messages';

const files = () => require('../../../format/files') as typeof import('../../../format/files');
const textFormat = () => require('../../../format/text-format') as typeof import('../../../format/text-format');

/**
 * The pictures of points, all in one.
 *
 *     new tf.contrib.tensorboard.plugins.projector.SpriteMetadata().singleImageDim   // []
 */
export class SpriteMetadata {
  /** The file of the picture. */
  imagePath = '';
  /** Width and height of one. */
  singleImageDim: number[] = [];
}
/**
 * A variable whose rows are points, and what is known of them.
 *
 *     const { ProjectorConfig } = tf.contrib.tensorboard.plugins.projector;
 *     const embedding = new ProjectorConfig().embeddings.add();
 *     embedding.tensorName = 'words:0';
 *     embedding.metadataPath = 'words.tsv';
 *     embedding.tensorShape   // []
 */
export class EmbeddingInfo {
  /** The variable's name. */
  tensorName = '';
  /** A file with a line for each point. */
  metadataPath = '';
  /** A file of views. */
  bookmarksPath = '';
  /** The variable's shape, where no checkpoint says it. */
  tensorShape: number[] = [];
  /** Pictures of the points. */
  readonly sprite = new SpriteMetadata();
  /** A file of the points, in the place of a checkpoint. */
  tensorPath = '';
}
/** Embeddings, in order: a list that makes new ones as Python's does. */
class Embeddings extends Array<EmbeddingInfo> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  /** Makes one, and puts it behind the others. */
  add(): EmbeddingInfo {
    const made = new EmbeddingInfo();
    this.push(made);
    return made;
  }
}
/**
 * What TensorBoard's projector shows.
 *
 *     const { projector } = tf.contrib.tensorboard.plugins;
 *     const config = new projector.ProjectorConfig();
 *     config.embeddings.add().tensorName = 'words:0';
 *     const writer = new tf.summary.FileWriter(folder);
 *     projector.visualizeEmbeddings(writer, config);
 *     require('node:fs').existsSync(`${folder}/projector_config.pbtxt`)   // true
 */
export class ProjectorConfig {
  /** The checkpoint whose variables are shown; the latest of the folder where it is empty. */
  modelCheckpointPath = '';
  /** The variables: `config.embeddings.add()` makes one. */
  readonly embeddings = new Embeddings();
  /** As text. */
  toString(): string {
    const embeddings = this.embeddings.map(({ sprite, ...info }) =>
      EMBEDDING_INFO.make({
        ...info,
        sprite: sprite.imagePath || sprite.singleImageDim.length ? SPRITE_METADATA.make({ ...sprite }) : null,
      }),
    );
    const { modelCheckpointPath } = this;
    const bytes = PROJECTOR_CONFIG.write(PROJECTOR_CONFIG.make({ modelCheckpointPath, embeddings }));
    return textFormat().textOf(PROJECTOR_CONFIG, bytes);
  }
}
/** A writer, as far as its folder is asked for. */
interface Writer {
  getLogdir(): string | null;
}
/**
 * Writes `projector_config.pbtxt` into the folder of a writer, where TensorBoard looks for it.
 *
 *     const { projector } = tf.contrib.tensorboard.plugins;
 *     const config = new projector.ProjectorConfig();
 *     config.embeddings.add().tensorName = 'words:0';
 *     projector.visualizeEmbeddings(new tf.summary.FileWriter(folder), config);
 *
 * @param summaryWriter  a `tf.summary.FileWriter`
 * @param config         a `ProjectorConfig`
 * @throws ValueError  for a writer without a folder
 */
export const visualizeEmbeddings = bound(
  'contrib.tensorboard.plugins.projector.visualize_embeddings',
  (summaryWriter: Writer, config: ProjectorConfig): void => {
    if (!(config instanceof ProjectorConfig))
      throw new TypeError_(`config must be a ProjectorConfig, not ${preview(config)}.`);
    if (typeof summaryWriter?.getLogdir !== 'function')
      throw new TypeError_(`summary_writer must be a tf.summary.FileWriter, not ${preview(summaryWriter)}.`);
    const folder = summaryWriter.getLogdir();
    if (!folder) throw new ValueError('Summary writer must have a logdir');
    files().writeWhole(files().join(folder, 'projector_config.pbtxt'), config.toString());
  },
);
