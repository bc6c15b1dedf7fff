import { fastify, type FastifyReply } from 'fastify';
import { PUBLIC_DATA_FAULTS as FAULTS, type PublicDataFault } from './public-data-faults';
import { COVID_ROWS, INDICATOR_ROWS, YOUTH_NEWS_ROWS, type StandinRow } from './public-data-rows';

type Query = Record<string, string>;

export interface PublicDataStandin {
  /** What DATA_GO_KR_URL and ODCLOUD_URL are to be. */
  url: string;
  /** Paths and queries that were asked, oldest first. */
  requests: { path: string; query: Query }[];
  /** One for each request to come, which takes it out. */
  faults: PublicDataFault[];
  close(): Promise<void>;
}

/** apis.data.go.kr and api.odcloud.kr with the three data sets that are known, in their own wire formats. */
export async function startPublicDataStandin(options: {
  port?: number;
  key: string;
}): Promise<PublicDataStandin> {
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  const standin = { requests: [] as PublicDataStandin['requests'], faults: [] as PublicDataFault[] };

  const serve = (
    path: string,
    refusal: PublicDataFault,
    answer: (query: Query, reply: FastifyReply) => unknown,
  ) =>
    app.get<{ Querystring: Query }>(path, async ({ url, query }, reply) => {
      standin.requests.push({ path: url.split('?')[0]!, query });
      const fault = query.serviceKey === options.key ? standin.faults.shift() : refusal;
      return fault ? refuse(fault, reply) : answer(query, reply);
    });
  const service = (path: string, formatName: string, rowsOf: (query: Query) => StandinRow[]) =>
    serve(path, FAULTS.keyUnknown, (query, reply) =>
      serviceAnswer(rowsOf(query), query, query[formatName], reply),
    );

  service('/1240000/IndicatorService/IndListSearchRequest', 'format', ({ STAT_JIPYO_NM: name = '' }) =>
    INDICATOR_ROWS.filter(({ statJipyoNm }) => String(statJipyoNm).includes(name) || name === '인구'),
  );
  service('/1383000/yhis/YouthNewsService/getYouthNewsList', 'type', ({ pstRegYmd }) =>
    YOUTH_NEWS_ROWS.filter((row) => pstRegYmd === undefined || row.pstRegYmd === pstRegYmd),
  );
  serve('/api/15099487/v1/*', FAULTS.odcloudKeyUnknown, (query) => odcloudAnswer(COVID_ROWS, query));
  serve('/api/*', FAULTS.odcloudNoService, (_query, reply) => refuse(FAULTS.odcloudNoService, reply));
  serve('/*', FAULTS.noService, (_query, reply) => refuse(FAULTS.noService, reply));

  const url = await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  return Object.assign(standin, {
    url,
    close: async () => {
      await app.close();
    },
  });
}

function refuse({ status, type, body }: PublicDataFault, reply: FastifyReply): FastifyReply {
  return reply.code(status).type(type).send(body);
}

function page(rows: StandinRow[], number = '1', size = '10'): StandinRow[] {
  return rows.slice((Number(number) - 1) * Number(size), Number(number) * Number(size));
}

function serviceAnswer(
  rows: StandinRow[],
  query: Query,
  format: string | undefined,
  reply: FastifyReply,
): unknown {
  const { pageNo = '1', numOfRows = '10' } = query;
  const items = page(rows, pageNo, numOfRows);
  const header = { resultCode: '00', resultMsg: 'NORMAL SERVICE.' };
  const counts = { numOfRows: Number(numOfRows), pageNo: Number(pageNo), totalCount: rows.length };
  if (format === 'json')
    return { response: { header, body: { items: items.length > 0 ? { item: items } : '', ...counts } } };
  const item = items.map((row) => `<item>${elements(row)}</item>`).join('');
  return reply
    .type('application/xml; charset=utf-8')
    .send(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><response><header>${elements(header)}</header>` +
        `<body><items>${item}</items>${elements(counts)}</body></response>`,
    );
}

function odcloudAnswer(rows: StandinRow[], { page: number = '1', perPage = '10' }: Query): unknown {
  const data = page(rows, number, perPage);
  return {
    currentCount: data.length,
    data,
    matchCount: rows.length,
    page: Number(number),
    perPage: Number(perPage),
    totalCount: rows.length,
  };
}

function elements(values: StandinRow): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${escaped(String(value ?? ''))}</${name}>`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
