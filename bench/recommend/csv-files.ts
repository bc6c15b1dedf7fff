import type { CatalogueItem } from '../../src/domain/recommendation/model/reading-data';
import { InputError } from './command-line';
import { readCsv, type Row } from './csv-rows';
import { bareItem, Ids, LogBuilder, type Dataset } from './dataset';

export interface Files {
  /** Needed unless the impressions say what was clicked. */
  interactions?: string | undefined;
  items?: string | undefined;
  impressions?: string | undefined;
}

const MAX_TEXT = 20_000;

/** Reads the files row by row. `onProgress` gets the share of bytes read. Throws InputError. */
export async function readDataset(files: Files, onProgress: (fraction: number) => void): Promise<Dataset> {
  const [readers, itemIds] = [new Ids(), new Ids()];
  const items: CatalogueItem[] = [];
  if (files.items !== undefined)
    await readCsv(files.items, ['item_id'], onProgress, (row) => {
      const id = row.text('item_id');
      if (itemIds.indexOf(id) !== items.length)
        throw row.error('item_id', `${JSON.stringify(id)} is there twice`);
      items.push(itemOf(row, id));
    });
  const log = new LogBuilder();
  const opened = new Set<number>();
  const pair = (reader: number, item: number) => reader * 2 ** 26 + item;
  const open = (reader: number, item: number, at: number, dwell?: number) => {
    log.add(reader, item, at, dwell);
    if (files.impressions !== undefined) opened.add(pair(reader, item));
  };
  if (files.interactions !== undefined)
    await readCsv(files.interactions, ['user_id', 'item_id', 'timestamp'], onProgress, (row) => {
      const [reader, item] = [readers.indexOf(row.text('user_id')), itemIds.indexOf(row.text('item_id'))];
      open(reader, item, row.time('timestamp'), row.seconds('dwell_seconds'));
    });
  const shown = new LogBuilder();
  if (files.impressions !== undefined)
    await readCsv(files.impressions, ['user_id', 'item_id', 'timestamp'], onProgress, (row) => {
      const [reader, item] = [readers.indexOf(row.text('user_id')), itemIds.indexOf(row.text('item_id'))];
      const at = row.time('timestamp');
      shown.add(reader, item, at);
      // What the interactions have already is not opened a second time.
      if (row.has('clicked') && row.yes('clicked') && !opened.has(pair(reader, item))) open(reader, item, at);
    });
  if (log.length === 0)
    throw new InputError(
      `${files.impressions}: without --interactions it must say what was clicked (a column clicked, 1 or 0), and something must be`,
    );
  for (const id of itemIds.names.slice(items.length)) items.push(bareItem(id));
  const { reader, item, at } = shown.build();
  return {
    readers: readers.names.length,
    items,
    log: log.build(),
    ...(shown.length > 0 && { impressions: { reader, item, at } }),
  };
}

/** Of several genres the first is the category. */
function itemOf(row: Row, id: string): CatalogueItem {
  const category = row.optional('category');
  return {
    id,
    text: row.all('text').join(' ').slice(0, MAX_TEXT),
    category: category.split('|')[0]! || null,
    publishedAt: row.optional('published_at') === '' ? null : row.time('published_at'),
  };
}
