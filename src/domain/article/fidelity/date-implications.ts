/** What implies a year without telling it, and below a month, a day and so on. */
export const YEAR_WORDS =
  /연평균|전년|작년|지난해|연간|매년|해마다|같은 기간|동기|동월|한 해|올해|연율|연산 |연환산|연[소수]득|연수입|연봉|연매출|연금리|연이[율자]|(?:^|\s)연\s/;
export const MONTH_WORDS =
  /월평균|전월|지난달|전달|월간|매월|매달|달마다|(?:^|\s)월\s|이달|월급|월세|월[소수][득입]|월매출/;
/** Less than a year that something is told for, or is compared with. */
export const SHORTER_SPAN =
  /전월|전달|지난달|[전직] ?분기|[한두석세넉네] ?달|개월|전날|전일|전장|거래일|전주|하루|일평균|매[달월일주]|월평균|(?:^|\s)월\s/;
export const DAY_WORDS = /전날|거래일|매일|일일|전일|전장|일평균|하루|24시간/;
export const WEEK_WORDS = /전주|주당|지난주|주간|일주일|7일|매주|(?:^|\s)주 \d/;
export const QUARTER_WORDS = /전\s?분기|직전 분기|전기(?= ?(?:대비|보다|에 비해))|분기/;

/** A half year that something is told of, and none within which something is to come. */
export const HALF_YEAR = /[상하]반기(?! ?(?:안|중|내|까지|에 |부터|출시|예정|목표|이전))/;

/** The quarter before the one that is told. */
export const QUARTER_BEFORE = /전 ?분기|(?:직전|앞선|이전|바로 앞) 분기/;

/** What is compared with another year is this one's. */
export const COMPARED_YEAR =
  /(?:작년|지난해|전년) ?(?:같은|동기|동월|동일|대비|보다|에 비해|말|이맘때|수준)|예년|평년|1년 ?(?:전|새)|연간/;
export const WEEKDAYS_IN_BRACKETS = [...'일월화수목금토'].map((day) => new RegExp(`\\(${day}\\)`));

/** What makes years of two years: 9년 만에, 4년간; or of one a later one: 3년 뒤. */
export const SINCE = /^ ?(?:만|전|간|동안|새)/;
export const LATER = /^ ?(?:뒤|후)/;
/** Years by which one that is told was moved from another: 8년 늦춰진다. */
export const MOVED = /^ ?(?:정도 |가량 |쯤 )?(?:늦|미[뤄룬루]|연기|연장|앞당|당[겨기긴]|빨라|이르|이른)/;

/** The months of the year before are told by those of this one. */
export const SAME_MONTHS = /같은 (?:달|기간|분기|때)|동월|동기|이맘때|1년 전/;

/** What stands behind a time that is told to be no other, and what an original says of it. */
export const SAME = /^(?:[와과하]고? ?)?(?:거의 |꼭 |똑)?(?:같[아은이고게다습]|그대로|수준(?:으로|을|이|에))/;
export const UNCHANGED = /동결|유지|그대로|같은 수준|변[동함]이? 없|제자리|묶[었기는어]/;
