import { constants, setPriority } from 'node:os';
import { BulkReader } from '../../adapters/database/bulk-read';
import { answerStarter } from '../../adapters/threads/thread';
import {
  catalogueItemOf,
  RELEASED_SINCE,
  SHOWN_BETWEEN,
  type CatalogueRow,
  type ShownRow,
} from './recommendation.sql';
import { readModel, stateOf, type ModelState } from './model/model-file';
import { DAY } from './model/reading-data';
import { SETTLED } from './model/showings';

export interface LoadInput {
  databaseUrl: string;
  version: number;
  /** Unix seconds. */
  now: number;
}

export interface LoadedModel {
  state: ModelState;
  /** Unix seconds: articles released before are in the catalogue. */
  newest: number;
  /** Unix seconds: what was shown before is counted. */
  shownUntil: number;
}

/** Articles at most that were published since a model was trained. */
const MAX_ADDED = 20_000;
/** What was shown before is not counted: a model is trained anew every day. */
const MAX_SHOWN_SECONDS = 2 * DAY;

// On Linux this is the priority of the calling thread alone: requests that the process serves meanwhile come first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** Reads a model and guesses the factors of what was published since: nearly a second of computing at full size. */
answerStarter(async ({ databaseUrl, version, now }: LoadInput): Promise<LoadedModel> => {
  const reader = await BulkReader.open(databaseUrl);
  try {
    const [stored] = await reader.rows<[Buffer]>({
      text: 'SELECT data FROM "RecommendationModel" WHERE version = $1',
      values: [version],
    });
    if (!stored) throw new Error(`there is no model ${version} any more`);
    const model = readModel(stored[0]);
    const values = [model.trainedAt, MAX_ADDED];
    const items = (await reader.rows<CatalogueRow>({ text: RELEASED_SINCE, values })).map(catalogueItemOf);
    model.addItems(items);
    const shownUntil = now - SETTLED;
    const shownFrom = Math.max(model.trainedAt - SETTLED, shownUntil - MAX_SHOWN_SECONDS);
    const showings = await reader.rows<ShownRow>({ text: SHOWN_BETWEEN, values: [shownFrom, shownUntil] });
    for (const row of showings) model.observeShown(...row);
    return {
      state: stateOf(model),
      newest: Math.max(model.trainedAt, items.at(-1)?.publishedAt ?? 0),
      shownUntil,
    };
  } finally {
    await reader.close();
  }
});
