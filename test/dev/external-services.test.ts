import { loadDevelopmentSettings } from '../../src/config/development';
import { Lifetime } from '../../src/context/lifetime';
import { startExternalServices } from '../../src/dev/external-services';

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

  it('is any free port where those behind PORT do not exist', async () => {
    const { newsroom } = await startExternalServices(settings(), opened);
    expect((await fetch(newsroom.url)).status).toBe(200);
  });
});
