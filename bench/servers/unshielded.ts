import { buildUnshieldedSchema } from '../../src/schema/build-schema';
import { runHandler } from './handler';

runHandler(buildUnshieldedSchema);
