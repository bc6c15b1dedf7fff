/** Of all our keys. Braces: in a Redis cluster all keys of a queue must share a slot. */
export const REDIS_PREFIX = '{gyeongdan}';
