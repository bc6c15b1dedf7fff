const DAY = new Intl.DateTimeFormat('ko-KR', { dateStyle: 'long', timeZone: 'Asia/Seoul' });
const MINUTE = new Intl.DateTimeFormat('ko-KR', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Asia/Seoul',
});

// Sweden writes dates as ISO 8601 does.
const ISO_DAY = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Asia/Seoul' });

/** 2026-12-01 */
export function seoulDay(moment: Date): string {
  return ISO_DAY.format(moment);
}

/** A moment as readers in Korea say it: the same on the server and in any browser. */
export function SeoulTime({ at, withTime = false }: { at: string; withTime?: boolean }) {
  return <time dateTime={at}>{(withTime ? MINUTE : DAY).format(new Date(at))}</time>;
}
