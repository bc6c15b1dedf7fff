import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { GoogleSearch, type GoogleSearchOptions } from './google-search';
import { NaverSearch, type NaverSearchOptions } from './naver-search';
import type { WebSearch } from './web-search';

export interface SearchSettings {
  timeoutMs: number;
  google: Pick<GoogleSearchOptions, 'apiKey' | 'engineId' | 'url'> | null;
  naver: Pick<NaverSearchOptions, 'clientId' | 'clientSecret' | 'api' | 'url'> | null;
}

/** The searches that there are keys for, in the order in which they are asked. */
export function configuredSearches(
  { google, naver, timeoutMs }: SearchSettings,
  observe?: ObserveUpstream,
): { name: string; search: WebSearch }[] {
  const options = { timeoutMs, ...(observe && { observe }) };
  return [
    ...(google ? [{ name: 'Google', search: new GoogleSearch({ ...google, ...options }) }] : []),
    ...(naver ? [{ name: 'Naver', search: new NaverSearch({ ...naver, ...options }) }] : []),
  ];
}
