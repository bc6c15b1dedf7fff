import { CombinedGraphQLErrors } from '@apollo/client';
import { Fault, faultOf } from './fault';

/** What an error of Apollo Client means for the reader. */
export function faultIn(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return CombinedGraphQLErrors.is(error) ? faultOf(error.errors as never) : new Fault('UPSTREAM_UNAVAILABLE');
}
