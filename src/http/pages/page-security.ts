import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Files of ours alone, nothing inline. */
const STRICT = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ['data:'],
  'connect-src': ["'self'"],
  'form-action': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** What helmet sends with a page; `allowed` replaces directives that it cannot do with. */
export function pageSecurity(allowed: Record<string, string[]> = {}): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: { ...STRICT, ...allowed } },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: false, // the gateway's
    xFrameOptions: { action: 'deny' },
  };
}
