import cors from 'cors';
import type { Config } from '../config/config';
import { isOurs } from './authenticate';

/** Pages served by this machine, on whatever port: in development, a client's. */
const LOCAL_PAGE = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Says which pages of other origins may read answers: those of CORS_ORIGINS and, unless in production, those of this
 * machine. The latter may send cookies along, as clients are told to at times; `authenticate` believes none from there.
 */
export function crossOrigin({ corsOrigins, production }: Pick<Config, 'corsOrigins' | 'production'>) {
  return cors((request, use) => {
    const isLocal = !production && LOCAL_PAGE.test(request.headers.origin ?? '');
    use(null, {
      origin: isLocal || corsOrigins,
      credentials: isLocal,
      methods: ['GET', 'POST'],
      exposedHeaders: ['x-request-id', 'retry-after', 'viewer-id'],
      maxAge: 600,
    });
  });
}

type SocketConfig = Pick<Config, 'corsOrigins' | 'port' | 'production' | 'publicUrl'>;

/** Whether a page may open a socket: browsers ask no permission for one. Whoever is no browser sends no Origin. */
export function mayOpenSocket(config: SocketConfig, origin: string | undefined): boolean {
  return (
    origin === undefined ||
    isOurs(config, origin) ||
    config.corsOrigins.includes(origin) ||
    (!config.production && LOCAL_PAGE.test(origin))
  );
}
