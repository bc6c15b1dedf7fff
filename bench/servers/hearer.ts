import { CHANNELS, type ChannelName } from '../live-channels';

/** A gateway's end of a channel: tells its parent that it listens, then the id of each change that it hears. */
process.once('message', async ({ channel, url }: { channel: ChannelName; url: string }) => {
  await CHANNELS[channel].hear(url, (id) => process.send!(id));
  process.send!('listening');
});
process.once('disconnect', () => process.exit());
