import type { BulkQuery, BulkReader } from '../../adapters/database/bulk-read';
import type { Feedback } from './model/feedback';
import { GrowingColumn } from './numeric/sparse-rows';
import { READER_TYPES } from '../user/questionnaire';
import { CATALOGUE_COLUMNS, catalogueItemOf, seconds, type CatalogueRow } from './recommendation.sql';
import { STRONG_DWELL, type ReadingLog, type TrainingData } from './model/reading-data';

/** Bounds of what one training reads; the newest count. */
const MAX_ARTICLES = 20_000;
const MAX_VIEWS = 6_000_000;
const MAX_IMPRESSIONS = 2_000_000;
const MAX_FEEDBACK = 500_000;
const IMPRESSION_DAYS = 30;

const ARTICLES: BulkQuery = {
  text: `SELECT ${CATALOGUE_COLUMNS} FROM "Article" a WHERE a.status = 'PUBLISHED'
         ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $1`,
  values: [MAX_ARTICLES],
};
const VIEWS: BulkQuery = {
  text: `SELECT "readerId", "articleId", ${seconds('"firstViewedAt"')}, "dwellSeconds"
         FROM "ArticleView" v
         WHERE NOT EXISTS (SELECT FROM "ReaderFeedback" f
                           WHERE f."userId" = v."userId" AND f."articleId" = v."articleId" AND f.kind = 'HIDE')
         ORDER BY "lastViewedAt" DESC LIMIT $1`,
  values: [MAX_VIEWS],
};
/** What readers want more of counts as a long stay, what they hid as shown and not opened. */
const feedback = (kind: Feedback['kind']): BulkQuery => ({
  text: `SELECT "userId", "articleId", ${seconds('"saidAt"')}, ${STRONG_DWELL}
         FROM "ReaderFeedback" WHERE kind = $1::"FeedbackKind" ORDER BY "saidAt" DESC LIMIT $2`,
  values: [kind, MAX_FEEDBACK],
});
const impressionsBefore = (now: Date): BulkQuery => ({
  text: `SELECT "readerId", "articleId", ${seconds('"shownAt"')}, 0 FROM "Impression"
         WHERE "shownAt" > $1::timestamptz - make_interval(days => ${IMPRESSION_DAYS})
         ORDER BY "shownAt" DESC LIMIT $2`,
  values: [now, MAX_IMPRESSIONS],
});
const ANSWERED: BulkQuery = {
  text: `SELECT id, "readerPoints" FROM "User" WHERE cardinality("readerPoints") = ${READER_TYPES.length}`,
};

/** Everything a training learns from, as columns: the newest published articles, who opened them, who was shown them. */
export async function readTrainingData(
  reader: BulkReader,
  now: Date,
  progress: (fraction: number) => void,
): Promise<TrainingData> {
  const items = (await reader.rows<CatalogueRow>(ARTICLES)).map(catalogueItemOf);
  const itemIndex = new Map(items.map(({ id }, index) => [id, index]));
  progress(0.1);
  const readers = new Map<string, number>();
  const readerIndex = (id: string) => {
    let index = readers.get(id);
    if (index === undefined) readers.set(id, (index = readers.size));
    return index;
  };
  const log = await readLog(reader, [VIEWS, feedback('MORE')], itemIndex, readerIndex);
  progress(0.7);
  const impressions = await readLog(
    reader,
    [impressionsBefore(now), feedback('HIDE')],
    itemIndex,
    readerIndex,
  );
  progress(0.9);
  const answered = await reader.rows<[string, number[]]>(ANSWERED);
  const points = answered.map(([id, values]) => [readerIndex(id), values] as const);
  const typePoints = new Float32Array(readers.size * READER_TYPES.length);
  for (const [index, values] of points) typePoints.set(values, index * READER_TYPES.length);
  return { readers: readers.size, items, log, typePoints, impressions };
}

async function readLog(
  reader: BulkReader,
  queries: readonly BulkQuery[],
  itemIndex: Map<string, number>,
  readerIndex: (id: string) => number,
): Promise<ReadingLog> {
  const columns = {
    reader: new GrowingColumn(new Uint32Array()),
    item: new GrowingColumn(new Uint32Array()),
    at: new GrowingColumn(new Float64Array()),
    dwell: new GrowingColumn(new Float32Array()),
  };
  for (const query of queries)
    for await (const rows of reader.batches<[string, string, number, number]>(query))
      for (const [readerId, articleId, at, dwell] of rows) {
        const item = itemIndex.get(articleId);
        if (item === undefined) continue;
        columns.reader.push(readerIndex(readerId));
        columns.item.push(item);
        columns.at.push(at);
        columns.dwell.push(dwell > 0 ? dwell : NaN); // clients that do not measure report nothing
      }
  return {
    reader: columns.reader.done(),
    item: columns.item.done(),
    at: columns.at.done(),
    dwell: columns.dwell.done(),
  };
}
