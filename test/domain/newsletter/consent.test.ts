import { AuditLogDocument } from '../../generated/operations';
import { startNewsletterApp, type NewsletterApp } from '../../helpers/newsletter-app';

const DAY = 24 * 3600;

describe('A consent that is two years old', () => {
  let world: NewsletterApp;
  beforeAll(async () => {
    world = await startNewsletterApp();
  });
  afterAll(() => world.close());

  const renewOrEnd = async () => {
    await world.app.workerContext.consents.renewOrEnd();
    await world.sendDue();
  };

  it('is asked for again 30 days before, by one mail; without an answer the subscription ends', async () => {
    const [stays, leaves, ends] = ['stays@example.com', 'leaves@example.com', 'ends@example.com'];
    for (const email of [stays, leaves, ends]) await world.subscribed(email, ['POLITICS_AND_SOCIETY']);
    const { consentedAt } = (await world.row(stays))!;
    world.clock.advance(699 * DAY);
    await renewOrEnd();
    expect(world.mailsTo(stays)).toHaveLength(1);

    world.clock.advance(3 * DAY);
    for (let day = 0; day < 2; day++) await renewOrEnd();
    const [, asked] = world.mailsTo(stays);
    expect(world.mailsTo(stays)).toHaveLength(2);
    const { subject, text } = await asked!.parsed();
    expect(subject).toBe('[경단] 뉴스레터를 계속 받을지 알려 주세요');
    const day = new Intl.DateTimeFormat('ko-KR', { dateStyle: 'long', timeZone: 'Asia/Seoul' }).format(
      consentedAt!,
    );
    expect(text).toContain(`${day}에 경단 뉴스레터를 받겠다고 동의하셨어요`);
    expect(text).toContain('/newsletter/unsubscribe?token=');
    expect(asked!.source.toString()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');

    // Not 48 hours: until the two years are over.
    world.clock.advance(20 * DAY);
    await renewOrEnd();
    expect((await world.confirm(await world.confirmationToken(stays))).errors).toEqual([]);
    await world.unsubscribe(await world.unsubscribeTokenOf(leaves));
    world.clock.advance(10 * DAY);
    await renewOrEnd();
    expect(await world.row(stays)).toMatchObject({
      categories: ['POLITICS_AND_SOCIETY'],
      name: '홍길동',
      consentAskedAt: null,
    });
    expect(await world.row(ends)).toBeNull();
    expect((await world.confirm(await world.confirmationToken(ends))).errors[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    const { accessToken: token } = await world.app.login('admin');
    const { data } = await world.app.send(
      AuditLogDocument,
      { targetType: 'NewsletterSubscription' },
      { token },
    );
    expect(data!.auditLog.edges.map(({ node }) => node.action).slice(0, 3)).toEqual([
      'newsletter.lapse',
      'newsletter.unsubscribe',
      'newsletter.confirm',
    ]);
  });
});
