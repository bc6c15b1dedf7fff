import type { Config } from '../../config/config';
import type { Services } from '../../context/gateway';
import { misfits, readPersistedFiles } from '../../http/graphql/persisted-files';
import { buildUnshieldedSchema } from '../../schema/build-schema';
import { fail, ok, warn, type Verdict } from './check';

const MAX_TOLD = 5;

/** How many documents the clients' lists have, and which of them the gateway would refuse. */
export async function persistedCheck({ persistedDocuments }: Config): Promise<Verdict> {
  const { files, only } = persistedDocuments;
  const { documents, faults } = readPersistedFiles(files);
  if (faults.length > 0) return (only ? fail : warn)(faults.join('; '));
  const what = `${documents.length} documents, ${only ? 'and no others' : 'others may be sent too'}`;
  if (only && documents.length === 0) return fail(`${what}: nobody but an admin can ask anything`);
  const wrong = misfits(documents, buildUnshieldedSchema({} as Services));
  if (wrong.length === 0) return ok(what);
  const told = wrong.slice(0, MAX_TOLD).join('; ');
  return warn(`${what}; ${wrong.length} do not fit the schema of this release: ${told}`);
}
