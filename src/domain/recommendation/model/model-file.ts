import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import { HEADS, type Blend } from './blend';
import type { Calibration } from './calibration';
import { Catalogue, Vocabulary } from './catalogue';
import { Content, type ContentState } from './content';
import { FEATURES } from './feature';
import type { ItemFactors } from '../numeric/item-factors';
import { Popularity, type PopularityState } from './popularity';
import { Recommender } from './recommender';
import type { SparseRows } from '../numeric/sparse-rows';
import type { TypeTaste } from '../training/taste';

/** Raised when a file of an older model would be misread. */
export const MODEL_FORMAT = 2;

const MAGIC = Buffer.from('GDREC');
/** 200,000 items of 64 factors; more is not a model of ours. */
const MAX_BYTES = 512 * 1024 * 1024;

interface ModelFile {
  features: readonly string[];
  ids: string[];
  categories: string[];
  publishers: string[];
  category: Uint32Array;
  publisher: Uint32Array;
  publishedAt: Float64Array;
  factors: ItemFactors;
  neighbours: SparseRows;
  transitions: SparseRows;
  popularity: PopularityState;
  content: ContentState;
  taste: TypeTaste;
  categoryShares: Float32Array;
  publisherShares: Float32Array;
  bornAt: Float64Array;
  blend: Blend;
  calibration: Calibration;
  trainedAt: number;
}

/** A model that another version of the code wrote, or no model at all: train again. */
export class UnreadableModel extends Error {}

/** The model as bytes: a magic word, the format version, and the compressed typed arrays. No reader and no title is in it. */
export function writeModel({ parts, blend, calibration, trainedAt }: Recommender): Buffer {
  const { catalogue, factors, neighbours, transitions, taste, categoryShares, publisherShares } = parts;
  const { size } = catalogue;
  const file: ModelFile = {
    features: FEATURES,
    ids: catalogue.ids,
    categories: catalogue.categories.names,
    publishers: catalogue.publishers.names,
    category: catalogue.category.slice(0, size),
    publisher: catalogue.publisher.slice(0, size),
    publishedAt: catalogue.publishedAt.slice(0, size),
    factors: { ...factors, values: factors.values.slice(0, size * factors.dim) },
    neighbours,
    transitions,
    popularity: parts.popularity.state(size),
    content: parts.content.snapshot(),
    taste,
    categoryShares,
    publisherShares,
    bornAt: parts.bornAt.slice(0, size),
    blend,
    calibration,
    trainedAt,
  };
  return Buffer.concat([MAGIC, Buffer.of(MODEL_FORMAT), gzipSync(serialize(file), { level: 1 })]);
}

/** Throws UnreadableModel. Only for bytes that this service wrote itself. */
export function readModel(bytes: Buffer): Recommender {
  const format = bytes[MAGIC.length];
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new UnreadableModel('not a model');
  if (format !== MODEL_FORMAT) throw new UnreadableModel(`format ${format}, ${MODEL_FORMAT} is read here`);
  const file = parse(bytes.subarray(MAGIC.length + 1));
  if (file.features.join() !== FEATURES.join()) throw new UnreadableModel('other features');
  const catalogue = new Catalogue(new Vocabulary(file.categories), new Vocabulary(file.publishers));
  catalogue.add(
    file.ids.map((id, item) => ({
      id,
      category: file.categories[file.category[item]!]!,
      publisher: file.publishers[file.publisher[item]!]!,
      publishedAt: Number.isNaN(file.publishedAt[item]!) ? null : file.publishedAt[item]!,
    })),
  );
  const { factors, neighbours, transitions, taste, categoryShares, publisherShares, bornAt } = file;
  const parts = {
    catalogue,
    factors,
    neighbours,
    transitions,
    popularity: new Popularity(file.popularity.total, file.popularity),
    content: Content.restore(file.content),
    taste,
    categoryShares,
    publisherShares,
    bornAt,
  };
  const blend = Object.fromEntries(HEADS.map((head) => [head, file.blend[head]])) as Blend;
  return new Recommender(parts, blend, file.calibration, file.trainedAt);
}

function parse(bytes: Buffer): ModelFile {
  try {
    return deserialize(gunzipSync(bytes, { maxOutputLength: MAX_BYTES })) as ModelFile;
  } catch (error) {
    throw new UnreadableModel('damaged', { cause: error });
  }
}
