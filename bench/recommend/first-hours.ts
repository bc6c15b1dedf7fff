import { SHOWN_FEATURES } from '../../src/domain/recommendation/model/calibration';
import { untrainedModel } from '../../src/domain/recommendation/training/train-recommender';
import { readArguments, runCommand, wholeNumber } from './command-line';
import {
  calibrationError,
  contendersOf,
  firstPages,
  learnFirstWeights,
  tally,
  type FirstPage,
} from './first-day';
import heldOut from './held-out.json';
import { makeHeldOut, type HeldOut } from './held-out-data';
import { simulateNews } from './newsroom';

const PARTS: [string, (page: FirstPage) => boolean][] = [
  ['the first hour', ({ hours }) => hours < 1],
  ['the first eight hours', ({ hours }) => hours < 8],
  ['the first day', () => true],
  ['of it, nothing known', ({ known }) => known === 'nothing'],
  ['only the questionnaire', ({ known }) => known === 'only the questionnaire'],
  ['one to four openings', ({ known }) => known === 'one to four openings'],
  ['five and more', ({ known }) => known === 'five and more'],
];
/** Newsrooms that the weights are learnt from; none is the frozen one. */
const SEEDS = [1, 2, 3, 4, 5];
const PAGES = 1_500;

/**
 * `npm run recommend:first-hours`: what a model that was trained on nothing is worth on the first day of the frozen
 * newsroom. `--learn` prints the weights that it begins with as other newsrooms teach them.
 */
async function main(): Promise<void> {
  const values = readArguments({
    learn: { type: 'boolean', default: false },
    pages: { type: 'string', default: String(PAGES) },
  });
  const most = wholeNumber('--pages', values.pages, 1);
  if (values.learn) {
    const weights = learnFirstWeights(SEEDS.flatMap((seed) => firstPages(newsroom(seed), 1, most)));
    SHOWN_FEATURES.forEach((feature, index) => console.log(feature.padEnd(16), weights[index]!.toFixed(3)));
    return;
  }
  const pages = firstPages(makeHeldOut((heldOut as unknown as HeldOut[])[0]!), 1, most);
  const model = untrainedModel([]);
  for (const [name, isPart] of PARTS) {
    const part = pages.filter(isPart);
    console.log(`\n${name}: calibration error ${calibrationError(part, model).toFixed(3)}`);
    for (const [contender, score] of Object.entries(contendersOf(model))) {
      const { asked, ndcg, auc } = tally(part, score);
      console.log(
        `  ${contender.padEnd(30)} NDCG@10 ${ndcg.toFixed(4)} of ${asked} pages, AUC ${auc.toFixed(3)}`,
      );
    }
  }
}

const newsroom = (seed: number) => simulateNews({ readers: 2_500, days: 2, perHour: 4, seed });

runCommand('recommend:first-hours', main);
