import { CombinedGraphQLErrors } from '@apollo/client';
import { faultIn } from '@/graphql/fault-in';

export interface DeskFault {
  code: string;
  /** Which input is at fault, e.g. `input.title`. */
  argument: string | null;
  message: string;
}

const OF_OURS = ['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR'];

/** What an error means for staff, who are told the gateway's own sentence: it says which rule was broken. */
export function deskFault(error: unknown): DeskFault {
  const { code, message } = faultIn(error);
  const [first] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  if (!first || OF_OURS.includes(code)) return { code, argument: null, message };
  const { argument } = (first.extensions ?? {}) as { argument?: string };
  return { code, argument: argument ?? null, message: first.message };
}
