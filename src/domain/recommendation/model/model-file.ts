import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import { FEATURES, type Blend } from './blend';
import type { Calibration } from './calibration';
import { Catalogue, type CatalogueState } from './catalogue';
import { Content, type ContentState } from './content';
import { Popularity, type PopularityState } from './popularity';
import type { ModelParts } from './model-parts';
import { Recommender } from './recommender';
import { Showings, type ShowingsState } from './showings';

/** Raised when a file of an older model would be misread. */
export const MODEL_FORMAT = 7;

const MAGIC = Buffer.from('GDREC');
/** What every model that can be read here begins with. */
export const MODEL_PREFIX = Buffer.concat([MAGIC, Buffer.of(MODEL_FORMAT)]);
/** 200,000 items of 64 factors; more is not a model of ours. */
const MAX_BYTES = 512 * 1024 * 1024;

/** A model as data: what a file holds and what goes from thread to thread. */
export interface ModelState extends Omit<ModelParts, 'catalogue' | 'popularity' | 'showings' | 'content'> {
  features: readonly string[];
  catalogue: CatalogueState;
  popularity: PopularityState;
  showings: ShowingsState;
  content: ContentState;
  blend: Blend;
  calibration: Calibration;
  trainedAt: number;
}

/** A model that another version of the code wrote, or no model at all: train again. */
export class UnreadableModel extends Error {
  override name = 'UnreadableModel';
}

/** The model as data; what the model still writes to is copied. */
export function stateOf({ parts, blend, calibration, trainedAt }: Recommender): ModelState {
  const { catalogue, popularity, showings, content, factors, bornAt, ...learnt } = parts;
  const { size } = catalogue;
  return {
    ...learnt,
    features: FEATURES,
    catalogue: catalogue.state(),
    factors: { ...factors, values: factors.values.slice(0, size * factors.dim) },
    popularity: popularity.state(size),
    showings: showings.state(catalogue),
    content: content.snapshot(),
    bornAt: bornAt.slice(0, size),
    blend,
    calibration,
    trainedAt,
  };
}

/** The other way round. */
export function modelOf(state: ModelState): Recommender {
  const { features: _, catalogue, popularity, showings, content, ...rest } = state;
  const { blend, calibration, trainedAt, ...learnt } = rest;
  const parts = {
    ...learnt,
    catalogue: Catalogue.restore(catalogue),
    popularity: Popularity.restore(popularity),
    showings: Showings.restore(showings),
    content: Content.restore(content),
  };
  return new Recommender(parts, blend, calibration, trainedAt);
}

/** The model as bytes: a magic word, the format version, and the compressed typed arrays. No reader and no title is in it. */
export function writeModel(model: Recommender): Buffer {
  return Buffer.concat([MODEL_PREFIX, gzipSync(serialize(stateOf(model)), { level: 1 })]);
}

/** Throws UnreadableModel. Only for bytes that this service wrote itself. */
export function readModel(bytes: Buffer): Recommender {
  const format = bytes[MAGIC.length];
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new UnreadableModel('not a model');
  if (format !== MODEL_FORMAT) throw new UnreadableModel(`format ${format}, ${MODEL_FORMAT} is read here`);
  const state = parse(bytes.subarray(MAGIC.length + 1));
  if (state.features.join() !== FEATURES.join()) throw new UnreadableModel('other features');
  return modelOf(state);
}

function parse(bytes: Buffer): ModelState {
  try {
    return deserialize(gunzipSync(bytes, { maxOutputLength: MAX_BYTES })) as ModelState;
  } catch (error) {
    throw new UnreadableModel('damaged', { cause: error });
  }
}
