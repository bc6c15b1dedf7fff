import { buildSchema } from '../../src/schema/build-schema';
import { runHandler } from './handler';

runHandler(buildSchema);
