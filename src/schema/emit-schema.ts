import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { Services } from '../context/gateway';
import { buildUnshieldedSchema } from './build-schema';

/** The public schema in SDL, in a stable order. Needs no running services. */
export function schemaText(): string {
  const schema = buildUnshieldedSchema({} as Services);
  return `# Emitted from src/schema by \`npm run schema\`; do not edit.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}

if (require.main === module) writeFileSync(path.resolve(__dirname, '../../schema.graphql'), schemaText());
