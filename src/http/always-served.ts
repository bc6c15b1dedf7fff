import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config';
import { mayReadMetrics } from './metrics';
import { isFromKakao } from './webhooks';

/** What no limit of an address refuses: probes, and who has the key. Written in any other way a path is a stranger's. */
export function alwaysServed(config: Config): (request: IncomingMessage) => boolean {
  return ({ url, headers }) => {
    switch (url!.split('?', 1)[0]) {
      case '/health/live':
      case '/health/ready':
        return true;
      case '/metrics':
        return mayReadMetrics(config, headers);
      case '/webhooks/kakao/unlink':
        return isFromKakao(config, headers);
      default:
        return false;
    }
  };
}
