import { constants, setPriority } from 'node:os';
import { BulkReader } from '../../adapters/database/bulk-read';
import { answerStarter } from '../../adapters/threads/thread';
import { catalogueItemOf, RELEASED_SINCE, type CatalogueRow } from './recommendation.sql';
import { readModel, stateOf, type ModelState } from './model/model-file';

export interface LoadInput {
  databaseUrl: string;
  version: number;
}

export interface LoadedModel {
  state: ModelState;
  /** Unix seconds: articles released before are in the catalogue. */
  newest: number;
}

/** Articles at most that were published since a model was trained. */
const MAX_ADDED = 20_000;

// On Linux this is the priority of the calling thread alone: requests that the process serves meanwhile come first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** Reads a model and guesses the factors of what was published since: nearly a second of computing at full size. */
answerStarter(async ({ databaseUrl, version }: LoadInput): Promise<LoadedModel> => {
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
    return { state: stateOf(model), newest: Math.max(model.trainedAt, items.at(-1)?.publishedAt ?? 0) };
  } finally {
    await reader.close();
  }
});
