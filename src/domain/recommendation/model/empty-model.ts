import { priorBlend } from './blend';
import { uncalibrated } from './calibration';
import { Catalogue } from './catalogue';
import { Content } from './content';
import { Popularity } from './popularity';
import type { CatalogueItem } from './reading-data';
import { Recommender } from './recommender';
import { learnTypeTaste, sharesOf } from './taste';

/** Openings of an average reader a day, as long as nobody has read anything. */
export const READS_A_DAY = 1;

/** What serves until the first training: what is new, and what fits a reader's last articles. */
export function emptyModel(items: readonly CatalogueItem[]): Recommender {
  const catalogue = new Catalogue();
  catalogue.add(items);
  const { size } = catalogue;
  const opened = { readers: 0, items: size, start: new Uint32Array(1), item: new Uint32Array() };
  const categoryShares = sharesOf(catalogue.category, catalogue.categories.names.length, opened);
  const nothing = () => ({
    start: new Uint32Array(size + 1),
    target: new Uint32Array(),
    weight: new Float32Array(),
  });
  return new Recommender(
    {
      catalogue,
      content: Content.learn(
        items.map(({ text }) => text),
        () => {},
      ),
      factors: {
        dim: 1,
        alpha: 0,
        lambda: 1,
        trainedItems: size,
        values: new Float32Array(size),
        gram: new Float64Array(1),
      },
      neighbours: nothing(),
      transitions: nothing(),
      popularity: new Popularity(new Float32Array(size)),
      taste: learnTypeTaste(catalogue, opened, undefined, categoryShares),
      categoryShares,
      publisherShares: sharesOf(catalogue.publisher, catalogue.publishers.names.length, opened),
      bornAt: catalogue.publishedAt.slice(0, size).map((at) => (Number.isNaN(at) ? Infinity : at)),
    },
    priorBlend(),
    uncalibrated(READS_A_DAY),
    0,
  );
}
