import type { GraphQLError } from 'graphql';
import { isDatabaseUnfit } from '../../adapters/database/database-errors';
import type { AppError } from '../../errors';
import { appErrorOf } from '../../schema/format-error';
import type { RequestContext } from '../../schema/request-context';

/** Logs those of an operation's errors whose cause clients are not told. */
export function logUnexpected({ logger, requestId }: RequestContext, errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const known = appErrorOf(error);
    if (known && isUnexpected(known))
      logger.error({ error: known.cause, requestId, path: error.path }, 'a field failed');
    else if (known?.code === 'UPSTREAM_UNAVAILABLE')
      logger.warn({ error: known.cause, requestId, path: error.path }, 'an upstream is away');
  }
}

/** A table that is not there is told to readers as an outage; it may as well be a fault of ours. */
export function isUnexpected({ code, cause }: AppError): boolean {
  return code === 'INTERNAL_SERVER_ERROR' || isDatabaseUnfit(cause);
}
