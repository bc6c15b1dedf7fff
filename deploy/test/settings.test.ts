import { SETTINGS } from '../settings';
import { parseSettings } from '../stack/settings.schema';

type Changes = Record<string, unknown>;
const staging = structuredClone(SETTINGS.staging) as unknown as Record<string, Changes>;
const application = (both: Record<string, string>) => ({ application: { both, worker: {}, secrets: [] } });
const faultsOf = (changes: Changes) => {
  try {
    parseSettings({ staging: { ...staging, ...changes } });
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.slice(4));
  }
};

describe('deploy/settings.ts', () => {
  it('is usable as it is committed', () => expect(() => parseSettings(SETTINGS)).not.toThrow());

  it.each<[string, Changes]>([
    ['staging.account must be the 12 digits of an AWS account', { account: '12' }],
    ['staging.region must be ap-northeast-2', { region: 'us-east-1' }],
    ['staging.domain must be a domain name in lower case', { domain: 'https://api.gyeongdan.example' }],
    ['staging.domain must be in the zone gyeongdan.example', { domain: 'api.other.example' }],
    ['staging.network.natGateways must be a whole number from 1 to 2', { network: { ...staging.network, natGateways: 0 } }],
    ['staging.gateway.max must not be less than min', { gateway: { ...staging.gateway, min: 5 } }],
    ['staging.database.maxConnections must be at least 118: docs/operations.md, Connection budget', { database: { ...staging.database, maxConnections: 117 } }],
    ['staging.alarmEmails must name somebody', { alarmEmails: [] }],
    ['staging.logDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731', { logDays: 8 }],
    ['staging.application.both.KAKAO_APP_ID is missing', application({})],
    ['staging.application.both.COLECT_EVERY_MINUTES is no setting of docs/operations.md', application({ COLECT_EVERY_MINUTES: '5' })],
    ['staging.application.both.DATABASE_CONNECTIONS must be a whole number from 1 to 200', application({ DATABASE_CONNECTIONS: 'ten' })],
    ['staging.application.both.TRUSTED_PROXIES is set by the stack', application({ TRUSTED_PROXIES: '10.0.0.0/8' })],
    ['staging.application.both.KAKAO_ADMIN_KEY is a secret: it belongs into Secrets Manager', application({ KAKAO_ADMIN_KEY: 'x' })],
    ['staging.application.both.SMTP_URL is a secret: it belongs into Secrets Manager', application({ SMTP_URL: 'x' })],
    ['staging.gatway is no setting', { gatway: {} }],
  ])('says that %s', (fault, changes) => {
    expect(faultsOf(changes)).toContain(fault);
  }); // prettier-ignore

  it('names every fault at once', () => {
    expect(faultsOf({ account: '1', region: 'x', firewall: 'yes' })).toHaveLength(3);
  });
});
