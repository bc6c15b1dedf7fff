import type { KakaoGrants } from './kakao-grants';
import type { KakaoIdTokens } from './kakao-id-tokens';
import type { Misbehaviours } from './kakao-misbehaviour';
import type { KakaoTestUser } from './kakao-test-users';

export interface KakaoStandinOptions {
  /** Any free port when absent. */
  port?: number;
  host?: string;
  restApiKey: string;
  /** null: the app has no client secret switched on. */
  clientSecret: string | null;
  redirectUris: readonly string[];
  /** For `KakaoAK` requests; without it they are refused. */
  adminKey?: string;
  /** What `access_token_info` answers as `app_id`. */
  appId?: number;
  /** Where the unlink webhook goes when a user disconnects on the stand-in's own page. */
  webhookUrl?: string;
  clock?: () => Date;
}

/** What the routes share. */
export interface KakaoState {
  options: KakaoStandinOptions;
  appId: number;
  users: KakaoTestUser[];
  /** When each linked user linked the app; unlinking removes the entry. */
  linkedAt: Map<KakaoTestUser, Date>;
  grants: KakaoGrants;
  idTokens: KakaoIdTokens;
  misbehaviours: Misbehaviours;
  clock: () => Date;
  /** The origin, once the server listens. */
  url: () => string;
}

export function pictureOf(state: KakaoState, user: KakaoTestUser): string {
  return `${state.url()}/profile/${encodeURIComponent(user.login)}.svg`;
}

export function unlink(state: KakaoState, user: KakaoTestUser): void {
  state.grants.endWhere((grant) => grant.user === user);
  state.linkedAt.delete(user);
}

/** The fields of a query or form that were given exactly once. */
export function fieldsOf(queryOrForm: unknown): Partial<Record<string, string>> {
  const fields = Object.entries(queryOrForm ?? {}) as [string, unknown][];
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}
