import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { UnreadAnswers } from '../../src/http/unread-answers';

const MB = 1024 * 1024;

/** A connection whose client takes a few bytes now and then: it never stands still, and its answer is never read. */
function dripped(writableLength: number) {
  const socket = Object.assign(new EventEmitter(), { destroyed: false, destroy });
  function destroy() {
    socket.destroyed = true;
    socket.emit('close');
  }
  const response = Object.assign(new EventEmitter(), { writableLength, req: { socket } });
  return { socket, response: response as unknown as ServerResponse };
}

describe('an answer that is read a few bytes at a time', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    ['of some bytes', 1_000, 20],
    ['of a megabyte', MB, 85],
    ['of four megabytes', 4 * MB, 282],
  ])('%s is cut in a time that grows with its size', (_what, bytes, seconds) => {
    const { socket, response } = dripped(bytes);
    new UnreadAnswers().note('somewhere', response);
    jest.advanceTimersByTime(seconds * 1_000);
    expect(socket.destroyed).toBe(false);
    jest.advanceTimersByTime(2_000);
    expect(socket.destroyed).toBe(true);
  });

  it('weighs on its address no more once it is cut', () => {
    const unread = new UnreadAnswers();
    for (let n = 0; n < 4; n++) unread.note('somewhere', dripped(4 * MB).response);
    expect(unread.refusal('somewhere')?.code).toBe('RATE_LIMITED');
    jest.advanceTimersByTime(300_000);
    expect(unread.refusal('somewhere')).toBeNull();
  });

  it('is left alone when it was read in time', () => {
    const { socket, response } = dripped(MB);
    new UnreadAnswers().note('somewhere', response);
    response.emit('close');
    jest.advanceTimersByTime(600_000);
    expect(socket.destroyed).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });
});
