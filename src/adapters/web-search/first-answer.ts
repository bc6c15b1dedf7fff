import { AppError } from '../../errors';
import { Pause, type PauseOptions } from '../http/pause';
import type { FoundDocument, WebSearch } from './web-search';

/** Asks the first search that is not at rest; one that fails rests, and the next one is asked. Throws what the last one threw. */
export class FirstAnswer implements WebSearch {
  private readonly searches: { search: WebSearch; pause: Pause }[];

  constructor(searches: WebSearch[], options: PauseOptions) {
    this.searches = searches.map((search) => ({ search, pause: new Pause(options) }));
  }

  async search(query: string, options: { signal: AbortSignal }): Promise<FoundDocument[]> {
    let failure: unknown;
    for (const { search, pause } of this.searches)
      try {
        return await pause.around(() => search.search(query, options));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        failure = error;
      }
    throw failure;
  }
}
