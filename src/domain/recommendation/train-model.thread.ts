import { BulkReader } from '../../adapters/database/bulk-read';
import { answerStarter } from '../../adapters/threads/thread';
import { writeModel } from './model/model-file';
import { trainRecommender } from './training/train-recommender';
import { readTrainingData } from './training-data.sql';

export interface TrainInput {
  databaseUrl: string;
  now: Date;
}

export interface TrainedModel {
  bytes: Uint8Array<ArrayBuffer>;
  statistics: Record<'readers' | 'articles' | 'views' | 'impressions', number>;
}

/** Reads what readers did and learns a model from it: minutes of computing at full size. */
answerStarter(async ({ databaseUrl, now }: TrainInput, progress): Promise<TrainedModel> => {
  const reader = await BulkReader.open(databaseUrl);
  const data = await readTrainingData(reader, now, (fraction) => progress('loading', fraction)).finally(() =>
    reader.close(),
  );
  const model = trainRecommender(data, {
    trainedAt: now.getTime() / 1000,
    onProgress: (_phase, fraction) => progress('training', fraction),
  });
  return {
    bytes: new Uint8Array(writeModel(model)),
    statistics: {
      readers: data.readers,
      articles: data.items.length,
      views: data.log.item.length,
      impressions: data.impressions?.item.length ?? 0,
    },
  };
});
