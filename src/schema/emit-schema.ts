import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { Services } from '../context/gateway';
import { buildUnshieldedSchema } from './build-schema';
import { schemaFaults } from './schema-faults';

/** Writes the public schema in SDL, in a stable order, and fails when it lacks something. Needs no running services. */
function emitSchema(file: string): void {
  const schema = buildUnshieldedSchema({} as Services);
  const sdl = printSchema(lexicographicSortSchema(schema));
  writeFileSync(file, `# Emitted from src/schema by \`npm run schema\`; do not edit.\n\n${sdl}\n`);
  const faults = schemaFaults(schema);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

emitSchema(path.resolve(__dirname, '../../schema.graphql'));
