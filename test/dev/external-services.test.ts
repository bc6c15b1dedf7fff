import { PublicDataClient } from '../../src/adapters/public-data/public-data-client';
import { loadDevelopmentSettings } from '../../src/config/development';
import { Lifetime } from '../../src/context/lifetime';
import { startExternalServices } from '../../src/dev/external-services';
import { DATASETS } from '../../src/domain/insight/datasets';

describe('What npm start adds to the settings', () => {
  const opened = new Lifetime();
  afterEach(() => opened.close());

  /** Only the newsroom is missing. */
  const settings = () => ({
    ...loadDevelopmentSettings(),
    databaseUrl: 'postgresql://127.0.0.1/unused',
    signingKeysFile: 'unused.pem',
    kakaoConfigured: true,
    port: 65_534,
  });

  it('are the newsroom as a trusted origin, in front of those that were set', async () => {
    const mine = ['http://127.0.0.1:9099', 'http://printing-house.internal'];
    const { environment, newsroom } = await startExternalServices(
      { ...settings(), trustedOrigins: mine },
      opened,
    );
    const origins = environment.CRAWLER_TRUSTED_ORIGINS!.split(',');
    expect(origins[0]).toBe(newsroom.url);
    expect(origins.slice(-2)).toEqual(mine);
  });

  it('are a server of public data that opens with its key, unless a key is set', async () => {
    const { environment } = await startExternalServices(settings(), opened);
    const client = new PublicDataClient({
      key: environment.PUBLIC_DATA_SERVICE_KEY!,
      servers: { 'data.go.kr': environment.DATA_GO_KR_URL!, 'odcloud.kr': environment.ODCLOUD_URL! },
    });
    for (const dataset of DATASETS)
      if ('request' in dataset)
        expect(await client.rows(dataset.request, new AbortController().signal)).not.toEqual([]);
    const configured = await startExternalServices({ ...settings(), publicDataConfigured: true }, opened);
    expect(configured.environment).not.toHaveProperty('DATA_GO_KR_URL');
  });

  it('is any free port where those behind PORT do not exist', async () => {
    const { newsroom } = await startExternalServices(settings(), opened);
    expect((await fetch(newsroom.url)).status).toBe(200);
  });
});
