import { inboxKey, mailAddress, mailboxKey } from '../../../src/domain/shared/mail-address';

describe('An e-mail address', () => {
  it.each([
    ['hong@example.com', 'hong@example.com'],
    ['  Hong.Gil-Dong+news@Example.CO.KR\n', 'Hong.Gil-Dong+news@example.co.kr'],
    ["o'hara_1/a=b?c^d`e{f|g}h~i@example.com", "o'hara_1/a=b?c^d`e{f|g}h~i@example.com"],
    ['hong@경단.한국', 'hong@xn--289a00j.xn--3e0b707e'],
    ['hong@ｅｘａｍｐｌｅ。ｃｏｍ', 'hong@example.com'],
    ['hong@xn--289a00j.xn--3e0b707e', 'hong@xn--289a00j.xn--3e0b707e'],
    ['a@b.kr', 'a@b.kr'],
    [`${'a'.repeat(64)}@${'b'.repeat(63)}.com`, `${'a'.repeat(64)}@${'b'.repeat(63)}.com`],
  ])('%j is sent to %j', (typed, address) => {
    expect(mailAddress(typed)).toBe(address);
  });

  it.each([
    '', ' ', '@', 'hong', 'hong@', '@example.com', 'hong@example', 'hong@localhost', 'hong@127.0.0.1', 'hong@127.1', 'hong@[127.0.0.1]',
    'hong@0x7f.1', 'hong@example.1', 'hong@example..com', 'hong@.example.com', 'hong@example.com.', 'hong@-example.com', 'hong@example-.com',
    '.hong@example.com', 'hong.@example.com', 'ho..ng@example.com', 'ho ng@example.com', '"ho ng"@example.com', '"hong"@example.com',
    'hong@evil@example.com', 'a@example.com,b@example.com', 'a@example.com;b@example.com', 'a@example.com b@example.com',
    'Hong <hong@example.com>', '<hong@example.com>', 'hong@example.com>', 'hong(comment)@example.com', 'hong@example.com(comment)',
    'hong@example.com\r\nBcc: evil@example.com', 'hong\r\n@example.com', 'hong@exam\r\nple.com', 'hong\0@example.com', 'hong@example.com\0',
    'hong@example.com\u2028Bcc: x@example.com', 'hong\u200b@example.com', 'hong@exam\u200bple.com', 'hong@exam\u00adple.com', 'hong@example.com\u202e',
    'ｈong@example.com', 'hong＠example.com', '홍길동@example.com', 'hong\\@example.com', 'hong@example.com/path', 'hong@example.com?x', 'hong@example.com#x',
    'hong@example.com:25', 'hong@user:pass@example.com', 'hong@exa_mple.com', 'hong@exam%70le.com', 'hong@xn--.com', 'hong@xn--\u0061\u0300.com',
    `${'a'.repeat(65)}@example.com`, `hong@${'b'.repeat(64)}.com`, `a@${'b.'.repeat(160)}com`, 'a'.repeat(320), `${'a'.repeat(160)}@${'b'.repeat(159)}`,
    'hong@'.repeat(100_000),
  ])('%j is none', (typed) => {
    expect(mailAddress(typed)).toBeNull();
  }); // prettier-ignore

  it('is the same mailbox however it is written, and no other one', () => {
    const key = mailboxKey('hong@example.com');
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    for (const typed of ['HONG@EXAMPLE.COM', ' hong@Example.com ', 'hong@ｅｘａｍｐｌｅ.com'])
      expect(mailboxKey(typed)).toBe(key);
    for (const other of ['hong1@example.com', 'hong+1@example.com', 'hong@example.co'])
      expect(mailboxKey(other)).not.toBe(key);
    expect(mailboxKey('hong@경단.한국')).toBe(mailboxKey('hong@XN--289A00J.XN--3E0B707E'));
  });

  it('is counted with the others that reach the same inbox', () => {
    const key = inboxKey('hong@example.com');
    for (const typed of ['HONG@example.com', 'hong+1@example.com', 'Hong+a+b@example.com'])
      expect(inboxKey(typed)).toBe(key);
    for (const other of ['hon.g@example.com', '+hong@example.com', '+@example.com', 'hong-1@example.com'])
      expect(inboxKey(other)).not.toBe(key);
    for (const typed of ['h.o.n.g@gmail.com', 'hong+x@googlemail.com', 'Hong@Gmail.com'])
      expect(inboxKey(typed)).toBe(inboxKey('hong@gmail.com'));
  });
});
