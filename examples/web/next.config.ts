import path from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The repository has a lock file of its own above this folder.
  turbopack: { root: path.join(import.meta.dirname) },
  outputFileTracingRoot: path.join(import.meta.dirname),
  // Pictures are shown as they are: nobody makes this server fetch and scale them.
  images: { unoptimized: true },
  experimental: {
    // Next holds the body of whatever passes `proxy.ts` in memory: pages get a form at most.
    proxyClientMaxBodySize: '64kb',
    serverActions: { bodySizeLimit: '64kb' },
  },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
        { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
      ],
    },
    // Redirects that carry tokens in their cookies.
    { source: '/auth/:path*', headers: [{ key: 'Cache-Control', value: 'private, no-store' }] },
  ],
};

export default config;
