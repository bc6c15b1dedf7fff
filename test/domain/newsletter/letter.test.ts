import { LetterWriter, type LetterArticle } from '../../../src/domain/newsletter/letter/letter';

const writer = new LetterWriter({
  publicUrl: 'https://gyeongdan.example',
  sender: '경단',
  contact: '서울시 중구 1, help@gyeongdan.example',
});
const ISSUE = { category: 'ECONOMY_AND_BUSINESS' as const, week: new Date('2026-11-30') };
const article = (data: Partial<LetterArticle> = {}): LetterArticle => ({
  id: '0192f0c1-0000-7000-8000-000000000001',
  title: '기준금리를 그대로 뒀어요',
  comment: '금리는 돈의 값이에요.',
  content: '한국은행이 기준금리를 그대로 두기로 했어요.\n다음 문단이에요.',
  imageUrl: 'https://img.example/1.jpg?a=1&b=2',
  publisher: '경제일보',
  ...data,
});
const READER = {
  name: '민지',
  consentedAt: new Date('2026-03-01T15:00:00Z'),
  unsubscribeUrl: 'https://gyeongdan.example/newsletter/unsubscribe?token=abc',
};

describe('A letter', () => {
  it('says what it is before anything else, names its articles and links to them', () => {
    const { subject, html, text } = writer.write(ISSUE, [article(), article({ title: '환율이 내렸어요' })]);
    expect(subject).toBe('(광고) 경제·기업 소식: 기준금리를 그대로 뒀어요 외 1편');
    for (const body of [html, text]) {
      expect(body).toContain('환율이 내렸어요');
      expect(body).toContain('한국은행이 기준금리를 그대로 두기로 했어요.');
      expect(body).not.toContain('다음 문단이에요');
      expect(body).toContain(
        'https://gyeongdan.example/sources/articles/0192f0c1-0000-7000-8000-000000000001',
      );
      expect(body).toContain('11월 30일호');
    }
    expect(html).toContain(
      'src="https://img.example/1.jpg?a=1&amp;b=2" alt="기준금리를 그대로 뒀어요 기사의 사진"',
    );
  });

  it('shows no picture that comes unencrypted, or from nowhere', () => {
    for (const imageUrl of [
      'http://img.example/1.jpg',
      '/1.jpg',
      '//img.example/1.jpg',
      'javascript:1',
      null,
    ])
      expect(writer.write(ISSUE, [article({ imageUrl })]).html).not.toContain('<img');
  });

  it('escapes whatever articles and readers hold, and takes none of it for a template or its own marks', () => {
    const evil =
      '</h2><script>alert(1)</script><!--recipient-->{{unsubscribeUrl}}{{{html}}}<!--/recipient-->"\'&';
    const evils = {
      title: evil,
      comment: evil,
      content: evil,
      publisher: evil,
      imageUrl: `https://x.example/"onerror="1`,
    };
    const letter = writer.write(ISSUE, [article(evils)]);
    const mail = writer.addressed(letter, { ...READER, name: evil });
    expect(mail.html).not.toContain('<script>');
    expect(mail.html).not.toContain('"onerror="');
    expect(mail.html.match(/token=abc/g)).toHaveLength(1);
    expect(mail.html).toContain('{{unsubscribeUrl}}');
    expect(mail.text).toContain('{{unsubscribeUrl}}');
    expect(mail.html.match(/<!--\/?recipient-->/g)).toBeNull();
  });

  it('is turned around and hidden by nothing that articles hold, in its subject and its plain text too', () => {
    const evil = '금리\u202e가\u2066나\u200b다\r\nBcc: x@evil.example\u2028라\u0007';
    const evils = { title: evil, comment: evil, content: evil, publisher: evil };
    const { subject, html, text } = writer.write(ISSUE, [article(evils)]);
    for (const part of [subject, html, text]) {
      expect(part).not.toMatch(/[\p{Bidi_Control}\u200b\u2028]/u);
      expect(part).toContain('금리가나다 Bcc: x@evil.example 라');
    }
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('tells each reader since when they want it, who sends it, and how to leave', () => {
    const letter = writer.write(ISSUE, [article()]);
    const mail = writer.addressed(letter, READER);
    for (const body of [mail.html, mail.text]) {
      expect(body).toContain('민지님이 2026년 3월 2일에 받기로 하셔서');
      expect(body).toContain('경단 · 서울시 중구 1, help@gyeongdan.example');
      expect(body).toContain('수신');
      expect(body).toContain('https://gyeongdan.example/newsletter/unsubscribe?token=abc');
    }
    expect(letter.html).toContain('href="https://gyeongdan.example/newsletter/unsubscribe"');
    expect(`${letter.html}${letter.text}`).not.toMatch(/token=|민지/);
  });

  it('keeps subjects, previews and leads short, whatever was written', () => {
    const long = '금리와\n환율과\u2028물가가 '.repeat(500);
    const { subject, html, text } = writer.write(ISSUE, [article({ title: long, content: long }), article()]);
    expect([...subject].length).toBeLessThanOrEqual(90);
    expect(subject).toMatch(/^\(광고\) [^\n\u2028]+… 외 1편$/);
    expect(html.length).toBeLessThan(80_000);
    expect(text).toContain('…');
    const one = writer.write(ISSUE, [article({ title: '가'.repeat(300), comment: null, content: '' })]);
    expect([...one.subject].length).toBeLessThanOrEqual(90);
  });
});

it('needs no network to be drawn but for its pictures', () => {
  const { html } = writer.write(ISSUE, [article()]);
  const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
  expect(new Set(addresses.map((address) => new URL(address!.replaceAll('&amp;', '&')).host))).toEqual(
    new Set(['gyeongdan.example', 'img.example']),
  );
  expect(html).not.toMatch(/@import|url\(|<script|<link/);
});
