import { answerStarter } from '../threads/thread';
import { parseFeed, type ParsedFeed } from './parse-feed';

export interface ParseFeedInput {
  bytes: Uint8Array;
  contentType: string | undefined;
  url: string;
  now: Date;
}

/** Thousands of items, or a hostile feed, must not keep a worker from showing that it lives. */
answerStarter(async ({ bytes, ...options }: ParseFeedInput): Promise<ParsedFeed | null> => {
  return parseFeed(Buffer.from(bytes), options);
});
