import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { parse as parseDomain } from 'tldts';
import { AppError } from '../../errors';

const MAX_URL_LENGTH = 2_048;
/** Azure's WireServer: a public address that only answers from inside, with the machine's secrets. */
const INTERNAL_ADDRESSES = new Set(['168.63.129.16']);
/** RFC 4291: the only block from which global IPv6 addresses are given out. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Whether an address is globally routable unicast: no private, loopback, link-local, reserved or
 * documentation range, and no IPv6 form that carries an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || INTERNAL_ADDRESSES.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}

/**
 * Checks what an address says by itself: http(s), no credentials, the scheme's own port, and no IP literal
 * outside the public ranges. Names are checked when they are resolved, see guardedLookup.
 * @param trustedOrigins origins exempt from the port and address checks
 * @throws AppError URL_NOT_ALLOWED
 */
export function checkUrl(url: string | URL, trustedOrigins: ReadonlySet<string>): URL {
  const parsed = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (!parsed || !isAllowedUrl(parsed, trustedOrigins)) throw new AppError('URL_NOT_ALLOWED');
  return parsed;
}

/**
 * Whether readers' browsers may be sent to an address, a picture's or a document's: allowed to be crawled, and a name of the
 * public DNS, for `router` or `metadata.google.internal` would be looked up in the reader's own network.
 */
export function isShowable(url: URL, trustedOrigins: ReadonlySet<string>): boolean {
  if (!isAllowedUrl(url, trustedOrigins)) return false;
  if (trustedOrigins.has(url.origin)) return true;
  const { isIp, isIcann, domain } = parseDomain(url.hostname);
  return isIp === true || (isIcann === true && domain !== null);
}

function isAllowedUrl(url: URL, trustedOrigins: ReadonlySet<string>): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  if (url.username !== '' || url.password !== '' || url.href.length > MAX_URL_LENGTH) return false;
  if (trustedOrigins.has(url.origin)) return true;
  // The URL parser has already turned decimal, octal and hexadecimal forms into dotted IPv4.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  return url.port === '' && (!ipaddr.isValid(literal) || isPublicAddress(literal));
}

/**
 * A `lookup` for net.connect that fails with URL_NOT_ALLOWED when any address of a name is not allowed.
 * The socket connects to the very addresses checked here, so a second, different DNS answer changes nothing.
 * It never runs for IP literals: those are checkUrl's.
 */
export function guardedLookup(
  lookup: LookupFunction,
  isAllowed: (address: string) => boolean = isPublicAddress,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, answer, family) => {
      if (error) return callback(error, []);
      const addresses: LookupAddress[] =
        typeof answer === 'string' ? [{ address: answer, family: family ?? 4 }] : answer;
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address))) {
        return callback(new AppError('URL_NOT_ALLOWED'), []);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
