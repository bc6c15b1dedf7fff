import { NextResponse, type NextRequest } from 'next/server';
import { settings } from '@/server/settings';

/** Gives each page a content security policy with a nonce of its own, which Next puts on its scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = policyOf(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

function policyOf(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === 'development';
  return [
    "default-src 'none'",
    // React's messages for developers need eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    // Pictures of articles are on their publishers' servers, charts on the gateway; on one's own machine neither has TLS.
    `img-src 'self' data: https: ${settings.gatewayPublicUrl.startsWith('http:') ? 'http:' : ''}`,
    "font-src 'self'",
    `connect-src 'self' ${new URL(settings.socketUrl).origin}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

// Not the way to the gateway, which shows no page and bounds bodies itself.
export const config = { matcher: ['/((?!_next/static/|api/graphql$|icon.svg$|robots.txt$).*)'] };
