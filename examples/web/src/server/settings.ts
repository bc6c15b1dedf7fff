import 'server-only';

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** The environment as it is when a request is answered: one build serves any gateway. */
export const settings = {
  get gatewayUrl(): string {
    return withoutSlash(process.env.GATEWAY_URL ?? 'http://localhost:4000');
  },
  /** As browsers reach the gateway. */
  get gatewayPublicUrl(): string {
    return withoutSlash(process.env.GATEWAY_PUBLIC_URL ?? settings.gatewayUrl);
  },
  get socketUrl(): string {
    return `${settings.gatewayPublicUrl.replace(/^http/, 'ws')}/graphql`;
  },
};
