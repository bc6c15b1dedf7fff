/** 합계, 총 계, 전국: a closed list of what stands beside its own parts. */
const WHOLE =
  /^(?:전체|전국|모두|총합|총?계|(?:전국|전체|남녀)(?:계|전체|평균)|total|grandtotal|subtotal|all)$/i;
/** 서울 소계, 제조업 합계. */
const ENDING = /(?:합계|총계|소계|누계)$/;

export function isTotal(text: string): boolean {
  // 합 계, 소계(명), [전체]
  const key = text.replace(/(?<=.)[(（[［<].*$/, '').replace(/[\s()[\]<>·]/g, '');
  return WHOLE.test(key) || ENDING.test(key);
}

/** The totals beside other values, the widest first: 소계 is part of 합계. None where all are totals. */
export function totalsAmong(texts: readonly string[]): string[] {
  const totals = texts.filter(isTotal);
  if (totals.length === texts.length) return [];
  const isPart = (text: string) => Number(/소계|누계|sub/i.test(text));
  return totals.sort((a, b) => isPart(a) - isPart(b));
}
