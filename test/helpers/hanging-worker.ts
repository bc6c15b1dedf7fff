import { loadConfig } from '../../src/config/config';
import { Lifetime } from '../../src/context/lifetime';
import { createSharedContext } from '../../src/context/shared';
import { createWorkerContext } from '../../src/context/worker';
import { createLogger } from '../../src/logger';
import { startWorker } from '../../src/worker/worker';
import { hanging } from './scripted-answerer';

/** A worker, in a process of its own, that begins every answer and ends none. */
const config = loadConfig();
const logger = createLogger({ level: 'info', pretty: false });
const opened = new Lifetime();
const shared = createSharedContext({ config, logger, opened });
const write = hanging('죽기 전까지');
void startWorker(
  createWorkerContext(shared, opened, { answerer: { answer: (_question, options) => write(options) } }),
);
