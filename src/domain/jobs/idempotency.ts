import { createHash } from 'node:crypto';
import type { Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import { requireText } from '../shared/text';

const MAX_KEY = 200;

export interface IdempotentCall {
  callerId: string;
  operation: string;
  key: string | null;
  /** The arguments that must be the same when the key is. */
  arguments: Record<string, unknown>;
}

/**
 * Runs `create` once per key: the same call within 24 hours gets the id of the first one's job, also when both
 * run at the same time. Throws CONFLICT when the arguments differ.
 */
export async function oncePerKey(
  tx: Transaction,
  call: IdempotentCall,
  create: () => Promise<string>,
): Promise<string> {
  if (call.key === null) return create();
  const key = requireText('idempotencyKey', call.key, MAX_KEY);
  const hash = createHash('sha256').update(JSON.stringify(call.arguments)).digest('base64url');
  // The row is written before the job exists: a simultaneous call waits here until we commit.
  const nobody = '00000000-0000-7000-8000-000000000000';
  const [first] = await tx.$queryRaw<{ jobId: string }[]>`
    INSERT INTO "IdempotencyKey" AS k ("callerId", operation, key, "argumentsHash", "jobId", "expiresAt")
    VALUES (${call.callerId}::uuid, ${call.operation}, ${key}, ${hash}, ${nobody}::uuid, now() + interval '24 hours')
    ON CONFLICT ("callerId", operation, key) DO UPDATE
      SET "argumentsHash" = excluded."argumentsHash", "jobId" = excluded."jobId", "expiresAt" = excluded."expiresAt"
      WHERE k."expiresAt" < now()
    RETURNING "jobId"`;
  const where = { callerId_operation_key: { callerId: call.callerId, operation: call.operation, key } };
  if (first) {
    const jobId = await create();
    await tx.idempotencyKey.update({ where, data: { jobId } });
    return jobId;
  }
  const known = await tx.idempotencyKey.findUniqueOrThrow({ where });
  if (known.argumentsHash !== hash)
    throw new AppError('CONFLICT', {
      argument: 'idempotencyKey',
      detail: { ko: '같은 키가 다른 인자로 쓰였습니다.', en: 'The key was used with other arguments.' },
    });
  return known.jobId;
}
