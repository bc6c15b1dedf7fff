import { benchCharts } from './charts';
import { benchCollection } from './collection';
import { benchCosts } from './costs';
import { benchExtraction } from './extraction/bench';
import { benchFirstWords } from './first-words';
import { benchGrowth } from './growth';
import { benchHostile } from './hostile';
import { benchHttp } from './http';
import { benchImport } from './import';
import { benchJobs } from './jobs';
import { benchKept } from './kept';
import { benchLive } from './live';
import { benchLiveRestarts } from './live-restarts';
import { benchLiveSubscribers } from './live-subscribers';
import { benchMemory } from './memory';
import { benchModel } from './model';
import { benchNewsletter } from './newsletter';
import { benchOutages } from './outages';
import { benchPeers } from './peers';
import { benchRecommendations } from './recommendations';
import { benchRolling } from './rolling';
import { benchSearch } from './search';
import { benchShield } from './shield';
import { readCommandLine, type Sizes } from './sizes';
import { benchSlowSockets } from './slow-sockets';
import { benchStart } from './start';
import { benchWrites } from './writes';

const BENCHES: Record<string, (sizes: Sizes) => Promise<boolean>> = {
  http: benchHttp,
  peers: benchPeers,
  kept: benchKept,
  shield: benchShield,
  search: benchSearch,
  recommendations: benchRecommendations,
  jobs: benchJobs,
  model: benchModel,
  collection: benchCollection,
  charts: benchCharts,
  costs: benchCosts,
  live: benchLive,
  'live-subscribers': benchLiveSubscribers,
  'live-restarts': benchLiveRestarts,
  answers: benchFirstWords,
  newsletter: benchNewsletter,
  outages: benchOutages,
  extraction: benchExtraction,
  hostile: benchHostile,
  import: benchImport,
  memory: benchMemory,
  start: benchStart,
  'slow-sockets': benchSlowSockets,
  rolling: benchRolling,
  writes: benchWrites,
  growth: benchGrowth,
};

/** `npm run bench -- http shield`: runs the named benches, all by default; exits 1 when a bar is missed. */
async function main(args: readonly string[]): Promise<void> {
  const { names, sizes } = readCommandLine(args);
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0)
    throw new Error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
  for (const name of names.length > 0 ? names : Object.keys(BENCHES))
    if (!(await BENCHES[name]!(sizes))) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
