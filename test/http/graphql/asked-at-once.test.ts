import { AskedAtOnce } from '../../../src/http/graphql/asked-at-once';

describe('what is asked at once', () => {
  it('is worked out once for each subject and key, after all have asked, and anew in the next turn', async () => {
    const asked = new AskedAtOnce<number>();
    const [one, other] = [{}, {}];
    const begun: string[] = [];
    const of = (subject: object, key: string) =>
      asked.of(subject, key, async () => begun.push(`${subject === one ? 'one' : 'other'} ${key}`));
    const answers = Promise.all([of(one, 'a'), of(one, 'b'), of(one, 'a'), of(other, 'a')]);
    expect(begun).toEqual([]);
    expect(await answers).toEqual([1, 2, 1, 3]);
    expect(begun).toEqual(['one a', 'one b', 'other a']);
    expect(await of(one, 'a')).toBe(4);
  });

  it('is worked out anew for who asks after it has begun', async () => {
    const asked = new AskedAtOnce<number>();
    let begun = 0;
    let end = (): void => {};
    const first = asked.of('it', '', () => {
      begun += 1;
      return new Promise((resolve) => (end = () => resolve(1)));
    });
    while (begun === 0) await new Promise(setImmediate);
    expect(await asked.of('it', '', async () => 2)).toBe(2);
    end();
    expect(await first).toBe(1);
  });

  it('fails for all who asked', async () => {
    const asked = new AskedAtOnce<number>();
    const fail = () => Promise.reject(new Error('broken'));
    const answers = [asked.of('it', '', fail), asked.of('it', '', fail)];
    for (const answer of answers) await expect(answer).rejects.toThrow('broken');
  });
});
