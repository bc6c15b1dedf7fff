import type { IncomingMessage } from 'node:http';
import { clientAddressOf } from '../../src/http/client-address';

function addressOf(proxies: string[], remoteAddress: string, forwarded?: string): string {
  const request = {
    socket: { remoteAddress },
    connection: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  };
  return clientAddressOf(proxies)(request as unknown as IncomingMessage);
}

describe('the address a request is counted for', () => {
  it.each([
    ['is the socket’s when nobody is trusted', [], '198.51.100.7', '203.0.113.1', '198.51.100.7'],
    [
      'is the socket’s when a stranger claims another',
      ['10.0.0.0/8'],
      '198.51.100.7',
      '203.0.113.1',
      '198.51.100.7',
    ],
    ['is what the configured proxy says', ['10.0.0.0/8'], '10.1.2.3', '203.0.113.1', '203.0.113.1'],
    [
      'is the nearest that is no proxy, whatever the client put before',
      ['10.0.0.0/8'],
      '10.1.2.3',
      '6.6.6.6, 203.0.113.1, 10.9.9.9',
      '203.0.113.1',
    ],
    ['is the proxy’s own when it says nothing', ['10.0.0.0/8'], '10.1.2.3', undefined, '10.1.2.3'],
    [
      'is IPv4 also when mapped into IPv6',
      ['10.0.0.0/8'],
      '::ffff:10.1.2.3',
      '::ffff:203.0.113.1',
      '203.0.113.1',
    ],
    ['is the /64 of IPv6', ['::1'], '::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['is one and the same for nonsense', ['10.0.0.1'], '10.0.0.1', 'drop:table;', 'unknown'],
  ])('%s', (_what, proxies, socket, forwarded, expected) => {
    expect(addressOf(proxies, socket, forwarded)).toBe(expected);
  });
});
