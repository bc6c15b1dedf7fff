import { answerStarter } from '../../../src/adapters/threads/thread';

/** Sums up, stands still for ever, or throws. */
answerStarter(async (input: { numbers?: Float64Array; forever?: boolean }, progress) => {
  progress('counting', 0.5);
  while (input.forever);
  if (!input.numbers) throw Object.assign(new Error('nothing to count'), { code: 'NOTHING' });
  return { sums: input.numbers.map((number, index) => number + index) };
});
