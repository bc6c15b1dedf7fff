import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../errors';
import { decodeHtml } from '../crawler/decode-html';
import { withinDeadline } from '../http/deadline';
import { networkCode } from '../http/network-code';
import { BodyTooLarge, readBounded } from '../http/read-body';
import { readRetryAfter } from '../http/retry-after';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { KeyEcho } from './key-echo';
import type { PublicData, PublicDataRequest, PublicDataRow, PublicDataServer } from './public-data';
import { readAnswer, type Page } from './read-answer';
import type { Refusal } from './refusals';

/** Of all pages together. */
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_ROWS = 5_000;
const MAX_PAGES = 60;

interface Words {
  ko: string;
  en: string;
}
const NO_KEY: Words = { ko: '인증키가 설정되지 않았습니다.', en: 'No key is set.' };
const LATE: Words = { ko: '제한 시간 안에 답이 오지 않았습니다.', en: 'It took too long.' };
const NO_CONNECTION: Words = { ko: '연결하지 못했습니다.', en: 'There was no connection.' };
const TOO_MANY_ROWS: Words = { ko: '5,000행이 넘습니다.', en: 'It has more than 5,000 rows.' };
const ROWS_MISSING: Words = { ko: '알려 준 것보다 행이 적습니다.', en: 'Rows are missing.' };
const TOO_LARGE: Words = { ko: '8 MiB를 넘습니다.', en: 'It is larger than 8 MiB.' };

/** How each server is asked for a page. Many services of data.go.kr give no more than 100 rows at a time. */
const PAGING: Record<PublicDataServer, { page: string; rows: string; most: number }> = {
  'data.go.kr': { page: 'pageNo', rows: 'numOfRows', most: 100 },
  'odcloud.kr': { page: 'page', rows: 'perPage', most: 1_000 },
};

export interface PublicDataOptions {
  /** As data.go.kr shows it, encoded or decoded; null when there is none. */
  key: string | null;
  servers: Record<PublicDataServer, string>;
  observe?: ObserveUpstream;
  timeoutMs?: number;
}

/** Asks apis.data.go.kr and api.odcloud.kr, page by page, following no redirect. */
export class PublicDataClient implements PublicData {
  private readonly key: string | null;
  private readonly echo: KeyEcho | null;

  constructor(private readonly options: PublicDataOptions) {
    this.key = options.key === null ? null : decodedKey(options.key);
    this.echo = this.key === null ? null : new KeyEcho(this.key);
  }

  async rows(request: PublicDataRequest, signal: AbortSignal): Promise<PublicDataRow[]> {
    const { observe = (call) => call(), timeoutMs = TIMEOUT_MS } = this.options;
    const { key } = this;
    if (key === null) throw failure('DATASET_KEY_REFUSED', NO_KEY);
    const late = () => failure('DATASET_UNAVAILABLE', LATE);
    return observe(() =>
      withinDeadline({ timeoutMs, late, signal }, (deadline) => this.readPages(request, key, deadline)),
    );
  }

  private async readPages(
    request: PublicDataRequest,
    key: string,
    signal: AbortSignal,
  ): Promise<PublicDataRow[]> {
    const rows: PublicDataRow[] = [];
    const wanted = request.rows ?? MAX_ROWS + 1;
    const budget = { bytes: MAX_BYTES };
    let total: number | null = null;
    let before: PublicDataRow[] | null = null;
    for (let page = 1; page <= MAX_PAGES && rows.length < wanted; page += 1) {
      const read = await this.ask(this.addressOf(request, key, page), budget, signal);
      total = read.total ?? total;
      if (request.rows === undefined && (total ?? 0) > MAX_ROWS) break;
      // A service that knows no pages sends the same ones again.
      if (read.rows.length === 0 || (before && isDeepStrictEqual(read.rows, before))) break;
      before = read.rows;
      rows.push(...read.rows.map((row) => this.withoutKey(row)));
      if (total !== null && rows.length >= total) break;
    }
    if (request.rows !== undefined) return rows.slice(0, request.rows);
    // Of a part of them nobody could say which is the highest.
    if (Math.max(rows.length, total ?? 0) > MAX_ROWS) throw failure('DATASET_INVALID', TOO_MANY_ROWS);
    if (rows.length < (total ?? 0)) throw failure('DATASET_INVALID', ROWS_MISSING);
    return rows;
  }

  private addressOf(
    { server, path, query, rows = MAX_ROWS }: PublicDataRequest,
    key: string,
    page: number,
  ): URL {
    const address = new URL(this.options.servers[server] + path);
    const names = PAGING[server];
    const size = String(Math.min(rows, names.most));
    address.search = new URLSearchParams({
      serviceKey: key, [names.page]: String(page), [names.rows]: size, ...query,
    }).toString(); // prettier-ignore
    return address;
  }

  private async ask(address: URL, budget: { bytes: number }, signal: AbortSignal): Promise<Page> {
    let response: Response;
    let bytes: Buffer;
    try {
      response = await fetch(address, { redirect: 'manual', signal });
      bytes = await readBounded(response.body ?? Readable.from([]), { maxBytes: budget.bytes });
    } catch (error) {
      if (error instanceof BodyTooLarge) throw failure('DATASET_INVALID', TOO_LARGE);
      throw failure('DATASET_UNAVAILABLE', networkCode(error) ?? NO_CONNECTION);
    }
    budget.bytes -= bytes.length;
    const { status, headers } = response;
    const read = readAnswer(status, decodeHtml(bytes, headers.get('content-type') ?? undefined));
    if ('refusal' in read) throw failure(read.refusal, read.what, readRetryAfter(headers, Date.now()));
    return read;
  }

  /** Rows are shown to everybody: a server that repeats what it was asked must not put the key there. */
  private withoutKey(row: PublicDataRow): PublicDataRow {
    const tellsKey = (text: unknown) => typeof text === 'string' && this.echo!.isIn(text);
    return row
      .filter(([name]) => !tellsKey(name))
      .map(([name, value]) => [name, tellsKey(value) ? null : value]);
  }
}

/** data.go.kr shows each key twice; only the encoded one can have a `%`. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.trim());
  } catch {
    return key.trim();
  }
}

function failure(code: Refusal, what: string | Words, retryAfterSeconds?: number): AppError {
  return new AppError(code, {
    detail: typeof what === 'string' ? { ko: what, en: what } : what,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
