import { SETTINGS } from '../settings';
import { parseSettings } from '../stack/settings.schema';

type Changes = Record<string, unknown>;
const staging = structuredClone(SETTINGS.staging) as unknown as Record<string, Changes>;
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
    ['staging.gatway is no setting', { gatway: {} }],
  ])('says that %s', (fault, changes) => {
    expect(faultsOf(changes)).toContain(fault);
  }); // prettier-ignore

  it('names every fault at once', () => {
    expect(faultsOf({ account: '1', region: 'x', firewall: 'yes' })).toHaveLength(3);
  });
});
